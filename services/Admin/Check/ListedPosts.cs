using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>
/// Lists of post ids in Redis, held against the rules by which they are built. From where a list begins it must hold
/// every post that belongs there; it may hold more that a read leaves out, but no post of somebody who has no business
/// there. What is delivered and not stored is the affair of <see cref="PostCopies"/>.
/// </summary>
internal sealed class ListedPosts(
    string title,
    string prefix,
    string belongingSql,
    string verdictSql,
    Database database,
    RedisGateway redis) : IComparison
{
    private readonly ListReader _reader = new(redis);
    private readonly Dictionary<long, int> _leftOut = [];

    public string Title => title;

    public string? Remark =>
        _leftOut.Values.Sum() is var count and > 0 ? $"{count} entries that every read leaves out" : null;

    public static ListedPosts OfReaders(Stores stores) => new(
        "Home timelines", "home", ListRules.HomeSql, ListRules.HomeVerdictSql, stores.Database, stores.Redis);

    public static ListedPosts OfAuthors(Stores stores) => new(
        "Authors' own lists", "author", ListRules.AuthorSql, ListRules.AuthorVerdictSql, stores.Database, stores.Redis);

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        RedisKeys.Ids(redis, prefix, cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var lists = await _reader.Read(prefix, Ids.Of(subjects));
        // A list that somebody has to finish is read together with Postgres, and proves nothing.
        var finished = lists.Where(list => !TimelineLists.IsUnfinished(list.Head)).ToArray();
        var belonging = (await database.Read(
                belongingSql,
                row => (OwnerId: row.GetInt64(0), PostId: row.GetInt64(1)),
                cancellationToken,
                finished.Select(list => list.OwnerId).ToArray(),
                finished.Select(list => list.Floor).ToArray()))
            .ToLookup(entry => entry.OwnerId, entry => entry.PostId);
        var missing =
            from list in finished
            from postId in belonging[list.OwnerId].Except(list.PostIds)
            select Lacks(list.OwnerId, postId);
        var foreign = await Foreign(
            [
                .. from list in finished
                   from postId in list.PostIds.Except(belonging[list.OwnerId])
                   select (list.OwnerId, postId),
            ],
            cancellationToken);
        return [.. missing, .. foreign];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        await redis.Run(store => store.KeyDeleteAsync($"{prefix}:{subject}"));
        return $"{prefix}:{subject} was dropped; it is built anew from Postgres when it is read.";
    }

    private async Task<IEnumerable<Difference>> Foreign(
        (long OwnerId, long PostId)[] entries,
        CancellationToken cancellationToken)
    {
        foreach (var ownerId in entries.Select(entry => entry.OwnerId))
            _leftOut[ownerId] = 0;
        var verdicts = await database.Read(
            verdictSql,
            row => (OwnerId: row.GetInt64(0), PostId: row.GetInt64(1), AuthorId: row.GetInt64(2), Is: row.GetString(3)),
            cancellationToken,
            entries.Select(entry => entry.OwnerId).ToArray(),
            entries.Select(entry => entry.PostId).ToArray());
        var differences = new List<Difference>();
        foreach (var (ownerId, postId, authorId, verdict) in verdicts)
        {
            if (verdict == ListRules.LeftOut || await IsLate(ownerId, authorId, postId))
                _leftOut[ownerId]++;
            else if (verdict == ListRules.Foreign)
                differences.Add(Holds(ownerId, postId, $"whose author {authorId} does not belong there"));
            else if (!await _reader.HasSnapshot(postId))
                differences.Add(Holds(ownerId, postId, "which nobody wrote"));
        }

        return differences;
    }

    // The last posts of somebody unfollowed may have been on their way when he was taken out.
    private async Task<bool> IsLate(long ownerId, long authorId, long postId) =>
        await _reader.PartedAt(ownerId, authorId) is { } endedAt
        && postId >> 16 <= (endedAt + FormerFollowees.Grace).ToUnixTimeMilliseconds();

    private Difference Lacks(long ownerId, long postId) =>
        new(Ids.Text(ownerId), $"{prefix}:{ownerId} lacks post {postId}", ownerId);

    private Difference Holds(long ownerId, long postId, string why) =>
        new(Ids.Text(ownerId), $"{prefix}:{ownerId} holds post {postId}, {why}", ownerId);
}
