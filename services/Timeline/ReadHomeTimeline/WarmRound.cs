using System.Text;
using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// Posts that may stand on a page, and what one round trip says of them: whether they still exist, their counters,
/// whether their authors have changed, how the reader stands to everybody concerned, and what he marked.
/// </summary>
internal sealed class WarmRound
{
    private const int FieldsPerPost = 3;
    private const int CommandBytes = 8 * 1024;

    private static readonly byte[] Deleted = Encoding.ASCII.GetBytes(PostSnapshots.Deleted);

    private readonly long _readerId;
    private readonly IReadOnlyList<(KnownPost Post, KnownPost? Original)> _posts;
    private readonly List<long> _authorIds = [];
    private readonly Dictionary<long, int> _people = [];
    private byte[]?[] _counts = [];
    private long?[] _changes = [];
    private string?[] _relations = [];
    private bool[] _marks = [];

    public WarmRound(long readerId, IReadOnlyList<(KnownPost Post, KnownPost? Original)> posts)
    {
        (_readerId, _posts) = (readerId, posts);
        foreach (var (post, original) in posts)
        {
            AddAuthor(post);
            if (original is not null)
                AddAuthor(original);
        }

        void AddAuthor(KnownPost post)
        {
            if (!_authorIds.Contains(post.Post.AuthorId))
                _authorIds.Add(post.Post.AuthorId);
            foreach (var accountId in post.People)
                _people.TryAdd(accountId, _people.Count);
        }
    }

    public IReadOnlyList<long> AuthorIds => _authorIds;

    /// <summary>What stands under the change key of each author.</summary>
    public IReadOnlyList<long?> Changes => _changes;

    /// <summary>False when Redis does not know all that is asked.</summary>
    public async Task<bool> Ask(RedisGateway redis)
    {
        using var commands = new RawCommands(CommandBytes);
        AskCountsAndChanges(commands);
        AskRelations(commands);
        AskMarks(commands);
        using var answer = await redis.Ask(commands);

        // Twice the posts: of each first whether it is there, then what is counted.
        _counts = [.. Enumerable.Range(0, 2 * _posts.Count).Select(i => Text(answer, 0, i))];
        _changes = [.. _authorIds.Select((_, i) => answer.Number(0, _counts.Length + i))];
        _relations = [.. Enumerable.Range(0, _people.Count).Select(i =>
            Text(answer, 1, i) is { } standing ? Encoding.ASCII.GetString(standing) : null)];
        _marks = [.. Enumerable.Range(0, FieldsPerPost * _posts.Count).Select(i => answer.Number(2, i) is > 0)];
        return !answer.IsNothing(1, _relations.Length)
            && !answer.IsNothing(2, _marks.Length)
            && _counts.All(counts => counts is not null);
    }

    /// <summary>The posts that belong into the reader's home timeline, in the order given.</summary>
    public IEnumerable<WarmEntry> Passing(DateTimeOffset now)
    {
        var relations = new Dictionary<long, Standing>(_people.Count);
        foreach (var (accountId, i) in _people)
        {
            if (_relations[i] is { } standing)
                relations[accountId] = RelationSnapshots.Decode(standing, now);
        }

        for (var i = 0; i < _posts.Count; i++)
        {
            var (post, original) = _posts[i];
            var counts = _counts[_posts.Count + i];
            if (IsDeleted(_counts[i]) || IsDeleted(counts)
                || !HomeRules.IsVisible(post.Post, original?.Post, _readerId, relations)
                || !HomeRules.Belongs(post.Post, original?.Post, _readerId, relations))
                continue;
            yield return new(
                post,
                original,
                counts!,
                _authorIds.IndexOf(post.Post.AuthorId),
                original is null ? -1 : _authorIds.IndexOf(original.Post.AuthorId),
                MarksOf(i * FieldsPerPost));
        }
    }

    private StatusMarks MarksOf(int first) =>
        (_marks[first] ? StatusMarks.Favourite : StatusMarks.None)
        | (_marks[first + 1] ? StatusMarks.Boosted : StatusMarks.None)
        | (_marks[first + 2] ? StatusMarks.Bookmarked : StatusMarks.None);

    private void AskCountsAndChanges(RawCommands commands)
    {
        commands.Begin(1 + (2 * _posts.Count) + _authorIds.Count);
        commands.Word("MGET"u8);
        foreach (var (post, _) in _posts)
            commands.Word(post.CountsKey);
        foreach (var (post, original) in _posts)
            commands.Word((original ?? post).CountsKey);
        foreach (var authorId in _authorIds)
            commands.Word(AccountSnapshots.ChangeKey(authorId));
    }

    private void AskRelations(RawCommands commands)
    {
        commands.Begin(3 + _people.Count);
        commands.Word("HMGET"u8);
        commands.Word(RelationSnapshots.Key(_readerId));
        foreach (var accountId in _people.Keys)
            commands.Word([], accountId);
        commands.Word(RelationSnapshots.CompleteField);
    }

    private void AskMarks(RawCommands commands)
    {
        commands.Begin(3 + (FieldsPerPost * _posts.Count));
        commands.Word("HMGET"u8);
        commands.Word(PostMarks.Key(_readerId));
        foreach (var (post, _) in _posts)
        {
            foreach (var field in post.MarkFields)
                commands.Word(field);
        }

        commands.Word(PostMarks.CompleteField);
    }

    private static byte[]? Text(RawAnswer answer, int command, int value) =>
        answer.IsNothing(command, value) ? null : answer.Value(command, value).ToArray();

    private static bool IsDeleted(ReadOnlySpan<byte> counts) => counts.SequenceEqual(Deleted);
}
