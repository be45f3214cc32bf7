using System.Globalization;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// How a reader stands to others, from <see cref="RelationSnapshots"/> in one round trip; asked of FollowGraph when the
/// snapshot cannot be trusted.
/// </summary>
public sealed class RelationDirectory(RedisGateway redis, Publisher publisher, TimeProvider clock)
{
    /// <summary>One entry for each id asked for; <see cref="Standing.None"/> where there is no relation.</summary>
    /// <exception cref="BrokerAwayException">The snapshot is missing and FollowGraph did not answer: nobody may
    /// guess.</exception>
    public async Task<IReadOnlyDictionary<long, Standing>> Of(
        long viewerId,
        IReadOnlyCollection<long> otherIds,
        CancellationToken cancellationToken)
    {
        var ids = otherIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, Standing>();

        RedisValue[] fields = [RelationSnapshots.CompleteField, .. ids.Select(Field)];
        var values = await redis.Run(database => database.HashGetAsync(RelationSnapshots.Key(viewerId), fields));
        if (values[0].IsNull)
        {
            var all = await Ask(viewerId, cancellationToken);
            return ids.ToDictionary(id => id, id => all.GetValueOrDefault(id));
        }

        var now = clock.GetUtcNow();
        return ids.Zip(values.Skip(1)).ToDictionary(
            pair => pair.First,
            pair => pair.Second.IsNull ? Standing.None : RelationSnapshots.Decode(pair.Second.ToString(), now));
    }

    /// <summary>Everybody to whom the viewer has a relation.</summary>
    /// <exception cref="BrokerAwayException">The snapshot is missing and FollowGraph did not answer.</exception>
    public async Task<IReadOnlyDictionary<long, Standing>> All(long viewerId, CancellationToken cancellationToken)
    {
        var entries = await redis.Run(database => database.HashGetAllAsync(RelationSnapshots.Key(viewerId)));
        if (!entries.Any(entry => entry.Name == RelationSnapshots.CompleteField))
            return await Ask(viewerId, cancellationToken);

        var now = clock.GetUtcNow();
        return entries
            .Where(entry => entry.Name != RelationSnapshots.CompleteField)
            .ToDictionary(entry => (long)entry.Name, entry => RelationSnapshots.Decode(entry.Value.ToString(), now));
    }

    private async Task<Dictionary<long, Standing>> Ask(long viewerId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await publisher.Ask<GetRelations, RelationsFound>(new(viewerId), cancellationToken);
        return found.Relations.ToDictionary(
            relation => relation.OtherId,
            relation => RelationSnapshots.Decode(
                RelationSnapshots.Encode((Standing)relation.Flags, relation.MuteEndsAt),
                now));
    }

    private static RedisValue Field(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);
}
