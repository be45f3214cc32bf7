using Microblog.ClientEntities;
using Microblog.ServiceDefaults;

namespace Microblog.Ingest.Storage;

/// <summary>What Ingest keeps in Redis and publishes; it has no Postgres.</summary>
internal static class IngestStorage
{
    /// <summary>One space for posts, boosts, favourites and follows: all may become notifications.</summary>
    private const string IdSpace = "events";

    public static void AddIngestStorage(this WebApplicationBuilder builder)
    {
        builder.AddIds(IdSpace);
        builder.AddStatuses<AskedPosts, AskedMarks>();
        builder.Services.AddSingleton<AccountNames>();
        builder.Services.AddSingleton<IdempotencyKeys>();
        builder.Services.AddSingleton<VisiblePosts>();
        builder.Services.AddSingleton<WrittenMarks>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WrittenMarks>());
        builder.Services.AddSingleton<Spool>();
        builder.Services.AddSingleton<PostGroups>();
        builder.Services.AddSingleton<AcceptedWrites>();
        builder.Services.AddSingleton<AcceptedPosts>();
        builder.Services.AddSingleton<DeletedPosts>();
    }
}
