using System.Security.Cryptography;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Keeps <see cref="FollowerSnapshots"/>: written when the followers were read from Postgres, and from then on every
/// change is laid over them. What was dropped is written again with the author's next post.
/// </summary>
/// <remarks>
/// A change takes the pages out of trust before it commits and gives them back after; whoever reads Postgres leaves
/// his token before and writes only while it is there and nobody changes anything. So pages never show less than what
/// is committed. A change that was rolled back, or whose process ended, leaves pages that nobody trusts: the next
/// change drops them, and nothing else lives on for longer than <see cref="ChangingMax"/>. See
/// <see cref="FollowerPageScripts"/>.
/// </remarks>
internal sealed class FollowerPages(RedisGateway redis)
{
    /// <summary>An author with more followers has none at hand: his posts wait for Postgres.</summary>
    public const int FollowersMax = 50_000;

    /// <summary>With more changes over them pages are dropped; the next reading writes new ones.</summary>
    public const int ChangesMax = 1_000;

    /// <summary>Pages of an author who for so long neither posts nor has his followers change are dropped.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int BytesPerQuestion = 128;

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
        long[] unsure = [];
        await SpareWrites.Try(async () =>
        {
            unsure = await Unsure(authorIds);
            isMissing = await redis.Run(database => Task.WhenAll(
                unsure.Select(authorId => Evaluate(
                    database, FollowerPageScripts.Begin, authorId, token, Seconds(KeepingMax), Seconds(Lifetime)))));
        });
        var missing = unsure.Zip(isMissing).Where(pair => (long)pair.Second == 1).Select(pair => pair.First);
        return new(this, token, missing);
    }

    /// <summary>Keeps one page, unless the followers have changed since <see cref="Begin"/>.</summary>
    /// <param name="pageCount">With the last page the number of all; null before.</param>
    public Task Keep(string token, long authorId, int page, IReadOnlyList<Follower> followers, int? pageCount) =>
        redis.Run(database => Evaluate(
            database,
            FollowerPageScripts.Keep,
            authorId,
            token,
            page,
            FollowerSnapshots.Pack([.. followers.Select(follower => (follower.Id, follower.ShowsBoosts))]),
            pageCount is { } count ? count : RedisValue.EmptyString,
            Seconds(Lifetime)));

    /// <summary>All followers of the author, in no order; null when they are not at hand.</summary>
    public async Task<IReadOnlyList<Follower>?> Find(long authorId)
    {
        var hash = await redis.Run(database => database.HashGetAllAsync(FollowerSnapshots.Key(authorId)));
        var followers = FollowerSnapshots.Read(
            hash.ToDictionary(field => field.Name.ToString(), field => (byte[]?)field.Value));
        return followers is null
            ? null
            : [.. followers.Select(follower => new Follower(follower.Id, follower.ShowsBoosts))];
    }

    /// <summary>Whether <see cref="Find"/> would find them.</summary>
    public Task<bool> AreAtHand(long authorId) => redis.Run(database =>
        database.HashExistsAsync(FollowerSnapshots.Key(authorId), FollowerSnapshots.CompleteField));

    /// <summary>Whether a change has begun and not ended.</summary>
    public Task<bool> AreChanging(long authorId) => redis.Run(database =>
        database.HashExistsAsync(FollowerSnapshots.Key(authorId), FollowerPageScripts.ChangingField));

    /// <summary>Forgets them, so that the next reading of the author's followers keeps them again.</summary>
    public Task Drop(long authorId) =>
        redis.Run(database => database.KeyDeleteAsync(FollowerSnapshots.Key(authorId)));

    /// <summary>
    /// To be called before a change of these authors' followers commits, while the authors are locked. Yields what
    /// <see cref="EndChange"/> needs.
    /// </summary>
    public async Task<string> BeginChange(IReadOnlyCollection<FollowerChange> changes)
    {
        var token = NewToken();
        if (changes.Count > 0)
            await redis.Run(database => Task.WhenAll(changes.Select(change => Evaluate(
                database,
                FollowerPageScripts.BeginChange,
                change.AuthorId,
                token,
                Seconds(ChangingMax),
                ChangesMax,
                FollowerSnapshots.ChangeField(change.FollowerId),
                FollowerSnapshots.Change(change.ShowsBoosts)))));
        return token;
    }

    /// <summary>To be called after the commit.</summary>
    public async Task EndChange(IReadOnlyCollection<FollowerChange> changes, string token)
    {
        if (changes.Count > 0)
            await redis.Run(database => Task.WhenAll(changes.Select(change =>
                Evaluate(database, FollowerPageScripts.EndChange, change.AuthorId, token, Seconds(Lifetime)))));
    }

    /// <summary>Those whose pages are not complete, or half way to their end: others need nothing.</summary>
    private async Task<long[]> Unsure(long[] authorIds)
    {
        using var commands = new RawCommands(authorIds.Length * BytesPerQuestion);
        foreach (var authorId in authorIds)
        {
            var key = FollowerSnapshots.Key(authorId);
            commands.Begin(3);
            commands.Word("HEXISTS"u8);
            commands.Word(key);
            commands.Word(FollowerSnapshots.CompleteField);
            commands.Begin(2);
            commands.Word("TTL"u8);
            commands.Word(key);
        }

        using var answer = await redis.Ask(commands);
        return [.. authorIds.Where((_, i) =>
            answer.Number(command: 2 * i, value: 0) != 1
            || answer.Number(command: (2 * i) + 1, value: 0) < Seconds(Lifetime) / 2)];
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
