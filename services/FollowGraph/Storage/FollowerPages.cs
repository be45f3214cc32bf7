using System.Security.Cryptography;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Keeps <see cref="FollowerSnapshots"/>: written when an audience was read from Postgres, dropped by every change of
/// the author's followers, and so written again with his next post.
/// </summary>
/// <remarks>
/// A change drops the pages before it commits and leaves <c>changing</c> until it has; whoever reads Postgres leaves
/// his token in <c>keeper</c> before and writes only while it is there. So pages never show less than what is
/// committed.
/// </remarks>
internal sealed class FollowerPages(RedisGateway redis)
{
    /// <summary>An author with more followers has none at hand: his posts wait for Postgres.</summary>
    public const int FollowersMax = 50_000;

    private const string BeginScript =
        """
        if redis.call('HEXISTS', KEYS[1], 'complete') == 1 then
          redis.call('EXPIRE', KEYS[1], ARGV[3])
          return 0
        end
        if redis.call('HEXISTS', KEYS[1], 'changing') == 1 then return 0 end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'keeper', ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    private const string KeepScript =
        """
        if redis.call('HGET', KEYS[1], 'keeper') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        if ARGV[4] == '' then return 1 end
        redis.call('HDEL', KEYS[1], 'keeper')
        redis.call('HSET', KEYS[1], 'complete', ARGV[4])
        redis.call('EXPIRE', KEYS[1], ARGV[5])
        return 1
        """;

    private const string BeginChangeScript =
        """
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'changing', ARGV[1])
        return redis.call('EXPIRE', KEYS[1], ARGV[2])
        """;

    private const string EndChangeScript =
        "if redis.call('HGET', KEYS[1], 'changing') == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    /// <summary>Pages of an author who posts nothing for so long are dropped.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A reading that broke off no longer keeps others from keeping pages.</summary>
    private static readonly TimeSpan KeepingMax = TimeSpan.FromMinutes(1);

    /// <summary>Far longer than any commit takes, also one that a paused database carries out late.</summary>
    private static readonly TimeSpan ChangingMax = TimeSpan.FromMinutes(10);

    /// <summary>
    /// To be called before the followers of these authors are read. Yields the pages to be kept: those of authors who
    /// have none, and nobody's while Redis is away.
    /// </summary>
    public async Task<KeptPages> Begin(long[] authorIds)
    {
        var token = NewToken();
        IReadOnlyList<RedisResult> isMissing = [];
        await SpareWrites.Try(async () => isMissing = await redis.Run(database => Task.WhenAll(
            authorIds.Select(authorId => Evaluate(
                database, BeginScript, authorId, token, Seconds(KeepingMax), Seconds(Lifetime))))));
        var missing = authorIds.Zip(isMissing).Where(pair => (long)pair.Second == 1).Select(pair => pair.First);
        return new(this, token, missing);
    }

    /// <summary>Keeps one page, unless the followers have changed since <see cref="Begin"/>.</summary>
    /// <param name="pageCount">With the last page the number of all; null before.</param>
    public Task Keep(string token, long authorId, int page, IReadOnlyList<Follower> followers, int? pageCount) =>
        redis.Run(database => Evaluate(
            database,
            KeepScript,
            authorId,
            token,
            page,
            FollowerSnapshots.Pack([.. followers.Select(follower => (follower.Id, follower.ShowsBoosts))]),
            pageCount is { } count ? count : RedisValue.EmptyString,
            Seconds(Lifetime)));

    /// <summary>All followers of the author in the order of their ids; null when they are not at hand.</summary>
    public async Task<IReadOnlyList<Follower>?> Find(long authorId)
    {
        RedisKey key = FollowerSnapshots.Key(authorId);
        var pageCount = await redis.Run(database => database.HashGetAsync(key, FollowerSnapshots.CompleteField));
        if (pageCount.IsNull)
            return null;

        var followers = new List<Follower>();
        for (var page = 0; page < (int)pageCount; page++)
        {
            var packed = await redis.Run(database => database.HashGetAsync(key, page));
            if (packed.IsNull)
                return null;
            followers.AddRange(FollowerSnapshots.Unpack((byte[]?)packed)
                .Select(follower => new Follower(follower.Id, follower.ShowsBoosts)));
        }

        return followers;
    }

    /// <summary>Forgets them, so that the next reading of the author's followers keeps them again.</summary>
    public Task Drop(long authorId) =>
        redis.Run(database => database.KeyDeleteAsync(FollowerSnapshots.Key(authorId)));

    /// <summary>
    /// To be called before a change of these authors' followers commits, while the authors are locked. Yields what
    /// <see cref="EndChange"/> needs.
    /// </summary>
    public async Task<string> BeginChange(IReadOnlyCollection<long> authorIds)
    {
        var token = NewToken();
        if (authorIds.Count > 0)
            await redis.Run(database => Task.WhenAll(authorIds.Select(authorId =>
                Evaluate(database, BeginChangeScript, authorId, token, Seconds(ChangingMax)))));
        return token;
    }

    /// <summary>To be called after the commit.</summary>
    public async Task EndChange(IReadOnlyCollection<long> authorIds, string token)
    {
        if (authorIds.Count > 0)
            await redis.Run(database => Task.WhenAll(authorIds.Select(authorId =>
                Evaluate(database, EndChangeScript, authorId, token))));
    }

    private static Task<RedisResult> Evaluate(
        IDatabase database,
        string script,
        long authorId,
        params RedisValue[] arguments) =>
        database.ScriptEvaluateAsync(script, [FollowerSnapshots.Key(authorId)], arguments, CommandFlags.NoScriptCache);

    private static string NewToken() => RandomNumberGenerator.GetHexString(16);

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;
}
