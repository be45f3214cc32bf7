using System.Globalization;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Keeps <see cref="RelationSnapshots"/> in step with Postgres. The field that says a snapshot is complete holds the
/// version of the person's relations that it shows. A change takes it away and writes its own field while the person
/// is locked, and gives it back after the commit. A crash in between leaves a snapshot that nobody trusts; the next
/// change sees by the version whether that one was committed, and drops the snapshot if not.
/// </summary>
internal sealed class StandingSnapshots(RedisGateway redis)
{
    /// <summary>
    /// Holds the version that a change is about to commit; there only while the snapshot is not to be trusted.
    /// </summary>
    private const string ChangingField = "changing";

    /// <summary>Fields that one command writes when a whole snapshot is restored.</summary>
    private const int FieldsPerCommandMax = 500;

    private const string BeginScript =
        """
        local version = redis.call('HGET', KEYS[1], ARGV[1]) or redis.call('HGET', KEYS[1], ARGV[2])
        if version ~= ARGV[3] then return redis.call('DEL', KEYS[1]) end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
        if ARGV[6] == '' then return redis.call('HDEL', KEYS[1], ARGV[5]) end
        return redis.call('HSET', KEYS[1], ARGV[5], ARGV[6])
        """;

    private const string EndScript =
        """
        if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[2])
        return redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        """;

    /// <summary>To be called before the commit, while the person's row is locked.</summary>
    public Task Begin(IReadOnlyList<StandingChange> changes) => redis.Run(database => Task.WhenAll(
        changes.Select(change => database.ScriptEvaluateAsync(
            BeginScript,
            [RelationSnapshots.Key(change.AccountId)],
            [
                RelationSnapshots.CompleteField,
                ChangingField,
                change.Version - 1,
                change.Version,
                change.OtherId,
                change.Value ?? "",
            ],
            CommandFlags.NoScriptCache))));

    /// <summary>
    /// To be called after the commit. Does nothing when a later change has begun, which then does it.
    /// </summary>
    public Task End(IReadOnlyList<StandingChange> changes) => redis.Run(database => Task.WhenAll(
        changes.Select(change => database.ScriptEvaluateAsync(
            EndScript,
            [RelationSnapshots.Key(change.AccountId)],
            [RelationSnapshots.CompleteField, ChangingField, change.Version],
            CommandFlags.NoScriptCache))));

    /// <summary>Writes a whole snapshot. To be called while the person's row is locked.</summary>
    public async Task Restore(long accountId, IReadOnlyList<Relation> relations, long version)
    {
        RedisKey key = RelationSnapshots.Key(accountId);
        await redis.Run(database => database.KeyDeleteAsync(key));
        foreach (var some in relations.Chunk(FieldsPerCommandMax))
            await redis.Run(database => database.HashSetAsync(key, Array.ConvertAll(some, Entry)));

        // Last, so that a snapshot that was begun and not finished is never trusted.
        await redis.Run(database => Task.WhenAll(
            database.HashSetAsync(key, RelationSnapshots.CompleteField, version),
            database.KeyExpireAsync(key, RelationSnapshots.Lifetime)));
    }

    private static HashEntry Entry(Relation relation) => new(
        relation.OtherId.ToString(CultureInfo.InvariantCulture),
        RelationSnapshots.Encode((Standing)relation.Flags, relation.MuteEndsAt));
}
