using Microblog.ServiceDefaults.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microblog.FollowGraph.Storage;

/// <summary>The schema <c>graph</c> for changes, which commit together with their outbox message.</summary>
internal sealed class FollowGraphDbContext(DbContextOptions<FollowGraphDbContext> options) : DbContext(options)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<FollowRequest> FollowRequests => Set<FollowRequest>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<Mute> Mutes => Set<Mute>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>(Map).Entity<FollowRequest>(Map);
        modelBuilder.Entity<Block>(Map).Entity<Mute>(Map).Entity<Note>(Map);
        OutboxMessage.Map(modelBuilder);
    }

    private static void Map(EntityTypeBuilder<Person> person)
    {
        person.ToTable("people").HasKey(row => row.AccountId);
        person.Property(row => row.AccountId).HasColumnName("account_id").ValueGeneratedNever();
        person.Property(row => row.FollowersCount).HasColumnName("followers_count");
        person.Property(row => row.FollowingCount).HasColumnName("following_count");
        person.Property(row => row.RequestsCount).HasColumnName("requests_count");
        person.Property(row => row.BlocksCount).HasColumnName("blocks_count");
        person.Property(row => row.MutesCount).HasColumnName("mutes_count");
        person.Property(row => row.CountsVersion).HasColumnName("counts_version");
        person.Property(row => row.RelationsVersion).HasColumnName("relations_version");
    }

    private static void Map(EntityTypeBuilder<FollowRequest> request)
    {
        request.ToTable("follow_requests").HasKey(row => new { row.FolloweeId, row.FollowerId });
        request.Property(row => row.FolloweeId).HasColumnName("followee_id");
        request.Property(row => row.FollowerId).HasColumnName("follower_id");
        request.Property(row => row.RequestId).HasColumnName("request_id");
        request.Property(row => row.RequestedAt).HasColumnName("requested_at");
        request.Property(row => row.ShowsBoosts).HasColumnName("shows_boosts");
        request.Property(row => row.Notifies).HasColumnName("notifies");
    }

    private static void Map(EntityTypeBuilder<Block> block)
    {
        block.ToTable("blocks").HasKey(row => new { row.AccountId, row.BlockedId });
        block.Property(row => row.AccountId).HasColumnName("account_id");
        block.Property(row => row.BlockedId).HasColumnName("blocked_id");
        block.Property(row => row.BlockId).HasColumnName("block_id");
        block.Property(row => row.BlockedAt).HasColumnName("blocked_at");
    }

    private static void Map(EntityTypeBuilder<Mute> mute)
    {
        mute.ToTable("mutes").HasKey(row => new { row.AccountId, row.MutedId });
        mute.Property(row => row.AccountId).HasColumnName("account_id");
        mute.Property(row => row.MutedId).HasColumnName("muted_id");
        mute.Property(row => row.MuteId).HasColumnName("mute_id");
        mute.Property(row => row.MutedAt).HasColumnName("muted_at");
        mute.Property(row => row.HidesNotifications).HasColumnName("hides_notifications");
        mute.Property(row => row.EndsAt).HasColumnName("ends_at");
    }

    private static void Map(EntityTypeBuilder<Note> note)
    {
        note.ToTable("notes").HasKey(row => new { row.AccountId, row.OtherId });
        note.Property(row => row.AccountId).HasColumnName("account_id");
        note.Property(row => row.OtherId).HasColumnName("other_id");
        note.Property(row => row.Comment).HasColumnName("comment");
    }
}
