using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// What an account did with posts, from <see cref="PostMarks"/> in one round trip; completed when incomplete.
/// </summary>
public sealed class MarkDirectory(RedisGateway redis, IMissingMarks missingMarks)
{
    private const int FieldsPerPost = 3;

    /// <summary>One entry for each post asked for. What Redis says goes before what was loaded: it is newer.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<IReadOnlyDictionary<long, PostMark>> Of(
        long accountId,
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken)
    {
        var ids = postIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, PostMark>();

        RedisValue[] fields =
        [
            PostMarks.CompleteField,
            .. ids.SelectMany(id => new RedisValue[]
            {
                PostMarks.Favourite(id), PostMarks.Bookmark(id), PostMarks.Boost(id),
            }),
        ];
        var values = await redis.Run(database => database.HashGetAsync(PostMarks.Key(accountId), fields));
        var loaded = values[0].IsNull
            ? (await missingMarks.Load(accountId, cancellationToken)).ToDictionary(mark => mark.PostId)
            : [];
        return ids.Select((id, i) => Mark(id, values.AsSpan(1 + (i * FieldsPerPost), FieldsPerPost), loaded))
            .ToDictionary(mark => mark.PostId);
    }

    private static PostMark Mark(long postId, Span<RedisValue> fields, Dictionary<long, PostMark> loaded)
    {
        var fallback = loaded.GetValueOrDefault(postId);
        return new(
            postId,
            fields[0].IsNull ? fallback?.IsFavourite ?? false : (long)fields[0] != 0,
            fields[1].IsNull ? fallback?.IsBookmarked ?? false : (long)fields[1] != 0,
            fields[2].IsNull ? fallback?.BoostId ?? 0 : (long)fields[2]);
    }
}
