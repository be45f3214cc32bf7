using System.Globalization;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// How a reader stands to others, from <see cref="RelationSnapshots"/> in one round trip; asked of FollowGraph when the
/// snapshot cannot be trusted or Redis is away.
/// </summary>
public sealed class RelationDirectory(RedisGateway redis, Publisher publisher, TimeProvider clock)
{
    /// <summary>One entry for each id asked for; <see cref="Standing.None"/> where there is no relation.</summary>
    /// <exception cref="BrokerAwayException">The snapshot is missing and FollowGraph did not answer: nobody may
    /// guess.</exception>
    /// <exception cref="RedisAwayException">Redis is away and FollowGraph did not answer.</exception>
    public async Task<IReadOnlyDictionary<long, Standing>> Of(
        long viewerId,
        IReadOnlyCollection<long> otherIds,
        CancellationToken cancellationToken)
    {
        var ids = otherIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, Standing>();

        RedisValue[] fields = [RelationSnapshots.CompleteField, .. ids.Select(Field)];
        return await ReadOrAsk(
            viewerId,
            async database =>
            {
                var values = await database.HashGetAsync(RelationSnapshots.Key(viewerId), fields);
                return values[0].IsNull ? null : Decoded(ids.Zip(values.Skip(1)));
            },
            all => ids.ToDictionary(id => id, id => all.GetValueOrDefault(id)),
            cancellationToken);
    }

    /// <summary>Everybody to whom the viewer has a relation.</summary>
    /// <exception cref="BrokerAwayException">The snapshot is missing and FollowGraph did not answer.</exception>
    /// <exception cref="RedisAwayException">Redis is away and FollowGraph did not answer.</exception>
    public Task<IReadOnlyDictionary<long, Standing>> All(long viewerId, CancellationToken cancellationToken) =>
        ReadOrAsk(
            viewerId,
            async database =>
            {
                var entries = await database.HashGetAllAsync(RelationSnapshots.Key(viewerId));
                return entries.Any(entry => entry.Name == RelationSnapshots.CompleteField)
                    ? Decoded(entries.Where(entry => entry.Name != RelationSnapshots.CompleteField)
                        .Select(entry => ((long)entry.Name, entry.Value)))
                    : null;
            },
            all => all,
            cancellationToken);

    /// <param name="read">Null when the snapshot cannot be trusted.</param>
    private async Task<IReadOnlyDictionary<long, Standing>> ReadOrAsk(
        long viewerId,
        Func<IDatabase, Task<Dictionary<long, Standing>?>> read,
        Func<Dictionary<long, Standing>, Dictionary<long, Standing>> choose,
        CancellationToken cancellationToken)
    {
        try
        {
            return await redis.Run(read) ?? choose(await Ask(viewerId, cancellationToken));
        }
        catch (RedisAwayException away)
        {
            try
            {
                return choose(await Ask(viewerId, cancellationToken));
            }
            catch (BrokerAwayException)
            {
                throw away;
            }
        }
    }

    private Dictionary<long, Standing> Decoded(IEnumerable<(long AccountId, RedisValue Value)> fields)
    {
        var now = clock.GetUtcNow();
        return fields.ToDictionary(
            field => field.AccountId,
            field => field.Value.IsNull ? Standing.None : RelationSnapshots.Decode(field.Value.ToString(), now));
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
