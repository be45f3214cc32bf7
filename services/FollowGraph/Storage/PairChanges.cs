using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Changes what two people are to each other: rows, counts and announcement in one transaction, the snapshots in Redis
/// around it. Changes of one person happen one after the other, and nobody waits in a circle.
/// </summary>
internal sealed class PairChanges(
    FollowGraphDbContext db,
    FollowPacks packs,
    StandingSnapshots standings,
    FollowCountSnapshots counts,
    FollowerPages pages,
    IdSequence ids,
    OutboxSignal outbox,
    TimeProvider clock)
{
    /// <summary>Runs the change; what it did to the pair is kept only if it answers true.</summary>
    /// <exception cref="RedisAwayException">Redis is away. Nothing changed, or, after the commit, all of
    /// it.</exception>
    public async Task Make(long callerId, long otherId, Func<Pair, bool> change, CancellationToken cancellationToken)
    {
        await AddPeople([callerId, otherId], cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var pair = await Load(callerId, otherId, cancellationToken);
        var (caller, other) = (pair.Caller, pair.Other);
        var (callerBefore, otherBefore) = (Encoded(caller, other), Encoded(other, caller));
        var (callerFollow, otherFollow) = (caller.Follow, other.Follow);
        var countsBefore = caller.Person.CountsVersion;

        if (!change(pair))
            return;
        var changesFollows = (caller.Follow, other.Follow) != (callerFollow, otherFollow);
        if (!changesFollows && !db.ChangeTracker.HasChanges())
            return;

        var changes = new List<StandingChange>(capacity: 2);
        if (Encoded(caller, other) != callerBefore)
            changes.Add(StandingChange.Of(caller, otherId, Encoded(caller, other)));
        if (Encoded(other, caller) != otherBefore)
            changes.Add(StandingChange.Of(other, callerId, Encoded(other, caller)));
        var followers = new List<FollowerChange>(capacity: 2);
        if (caller.Follow?.ShowsBoosts != callerFollow?.ShowsBoosts)
            followers.Add(new(otherId, callerId, caller.Follow?.ShowsBoosts));
        if (other.Follow?.ShowsBoosts != otherFollow?.ShowsBoosts)
            followers.Add(new(callerId, otherId, other.Follow?.ShowsBoosts));
        await db.SaveChangesAsync(cancellationToken);
        await packs.Write(callerFollow, caller.Follow, cancellationToken);
        await packs.Write(otherFollow, other.Follow, cancellationToken);

        // From here on a client that hangs up stops nothing: half of it would cost more than the rest.
        await standings.Begin(changes);
        var followersChange = await pages.BeginChange(followers);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Committed();
        await standings.End(changes);
        await pages.EndChange(followers, followersChange);
        if (caller.Person.CountsVersion != countsBefore)
            await counts.Write([caller.Person, other.Person]);
    }

    // On its own and in order, so that two first changes cannot wait for each other's new rows.
    private Task<int> AddPeople(long[] accountIds, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO people (account_id)
        SELECT unnest({accountIds.Order().ToArray()})
        ON CONFLICT DO NOTHING
        """,
        cancellationToken);

    private async Task<Pair> Load(long callerId, long otherId, CancellationToken cancellationToken)
    {
        // Locked in the order of ids, whoever calls: otherwise two people who follow each other would wait in a circle.
        long[] accountIds = [callerId, otherId];
        var people = await db.People
            .FromSql($"SELECT * FROM people WHERE account_id = ANY({accountIds}) ORDER BY account_id FOR UPDATE")
            .ToDictionaryAsync(person => person.AccountId, cancellationToken);
        var (caller, other) = (new PairSide(people[callerId]), new PairSide(people[otherId]));

        var follows = await packs.Between(callerId, otherId, cancellationToken);
        var lastFollowId = await packs.LastId(callerId, otherId, cancellationToken);
        var requests = await db.FollowRequests
            .Where(row => accountIds.Contains(row.FolloweeId) && accountIds.Contains(row.FollowerId))
            .ToListAsync(cancellationToken);
        var blocks = await db.Blocks
            .Where(row => accountIds.Contains(row.AccountId) && accountIds.Contains(row.BlockedId))
            .ToListAsync(cancellationToken);
        var mutes = await db.Mutes
            .Where(row => accountIds.Contains(row.AccountId) && accountIds.Contains(row.MutedId))
            .ToListAsync(cancellationToken);
        caller.Note = await db.Notes.FindAsync([callerId, otherId], cancellationToken);
        foreach (var side in (PairSide[])[caller, other])
        {
            side.Follow = follows.SingleOrDefault(row => row.FollowerId == side.AccountId);
            side.Request = requests.SingleOrDefault(row => row.FollowerId == side.AccountId);
            side.Block = blocks.SingleOrDefault(row => row.AccountId == side.AccountId);
            side.Mute = mutes.SingleOrDefault(row => row.AccountId == side.AccountId);
        }

        return new(db, ids, clock.GetUtcNow(), caller, other, lastFollowId);
    }

    private static string? Encoded(PairSide side, PairSide other) =>
        side.StandingTo(other) is var standing and not Standing.None
            ? RelationSnapshots.Encode(standing, side.Mute?.EndsAt)
            : null;
}
