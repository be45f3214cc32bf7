using System.Diagnostics.Metrics;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.ClientEntities;

/// <summary>
/// What an account did with posts, from <see cref="PostMarks"/> in one round trip; completed when incomplete, and found
/// where they are stored while Redis is away. What Redis says goes before what was loaded: it is newer.
/// </summary>
public sealed class MarkDirectory(RedisGateway redis, IMissingMarks missingMarks)
{
    private const int FieldsPerPost = 3;

    private static readonly Meter Meter = new("Microblog.ClientEntities");
    private static readonly Counter<long> Unknown = Meter.CreateCounter<long>(
        "microblog.marks.unknown", description: "Times at which nobody could say what an account had marked.");

    /// <summary>
    /// One entry for each post asked for, to be shown. A mark that nobody can look up now is shown as not made: a
    /// timeline without stars is better than none.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, PostMark>> Of(
        long accountId,
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken)
    {
        var ids = postIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Dictionary<long, PostMark>();

        var (values, loaded) = await Read(accountId, ids, cancellationToken);
        return ids.Select((id, i) => Mark(id, values.AsSpan(i * FieldsPerPost, FieldsPerPost), loaded))
            .ToDictionary(mark => mark.PostId);
    }

    /// <summary>The mark as a change must know it; null when nobody can tell now.</summary>
    public async Task<PostMark?> Find(long accountId, long postId, CancellationToken cancellationToken)
    {
        var (values, loaded) = await Read(accountId, [postId], cancellationToken);
        return loaded is null && values.Any(value => value.IsNull) ? null : Mark(postId, values, loaded);
    }

    /// <summary>
    /// Fields as Redis has them, and what was loaded because they say not enough: null when that was not possible.
    /// </summary>
    private async Task<(RedisValue[] Values, Dictionary<long, PostMark>? Loaded)> Read(
        long accountId,
        long[] ids,
        CancellationToken cancellationToken)
    {
        RedisValue[] fields =
        [
            .. ids.SelectMany(id => new RedisValue[]
            {
                PostMarks.Favourite(id), PostMarks.Bookmark(id), PostMarks.Boost(id),
            }),
            PostMarks.CompleteField,
        ];
        try
        {
            var values = await redis.Run(database => database.HashGetAsync(PostMarks.Key(accountId), fields));
            var loaded = values[^1].IsNull
                ? await OrNull(missingMarks.Load(accountId, cancellationToken), cancellationToken)
                : [];
            return (values[..^1], loaded);
        }
        catch (RedisAwayException)
        {
            return (
                new RedisValue[ids.Length * FieldsPerPost],
                await OrNull(missingMarks.Find(accountId, ids, cancellationToken), cancellationToken));
        }
    }

    private static async Task<Dictionary<long, PostMark>?> OrNull(
        Task<IReadOnlyList<PostMark>> loading,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await loading).ToDictionary(mark => mark.PostId);
        }
        catch (Exception away) when (Outage.Caused(away) && !cancellationToken.IsCancellationRequested)
        {
            Unknown.Add(1);
            return null;
        }
    }

    private static PostMark Mark(long postId, ReadOnlySpan<RedisValue> fields, Dictionary<long, PostMark>? loaded)
    {
        var fallback = loaded?.GetValueOrDefault(postId);
        return new(
            postId,
            fields[0].IsNull ? fallback?.IsFavourite ?? false : (long)fields[0] != 0,
            fields[1].IsNull ? fallback?.IsBookmarked ?? false : (long)fields[1] != 0,
            fields[2].IsNull ? fallback?.BoostId ?? 0 : (long)fields[2]);
    }
}
