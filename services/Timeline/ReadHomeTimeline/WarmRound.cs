using System.Text;
using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// Posts that may stand on a page, and what one round trip says of them: whether they still exist, their counters,
/// whether their authors have changed, how the reader stands to everybody concerned, and what he marked. Of the last
/// two only whether they changed, if they are known from the time before.
/// </summary>
internal sealed class WarmRound : IDisposable
{
    private const int FieldsPerPost = 3;
    private const int CommandBytes = 8 * 1024;

    private static readonly byte[] Deleted = Encoding.ASCII.GetBytes(PostSnapshots.Deleted);

    private readonly long _readerId;
    private readonly IReadOnlyList<(KnownPost Post, KnownPost? Original)> _posts;
    private readonly List<KnownPost> _originals = [];
    private readonly List<long> _authorIds = [];
    private readonly List<byte[]> _changeKeys = [];
    private readonly List<long> _people = [];
    private readonly Dictionary<long, Standing> _relations = [];
    private readonly KnownViewer? _known;
    private RawAnswer? _answer;

    /// <param name="known">Of the last time; of no use unless the page was the same.</param>
    public WarmRound(
        long readerId, IReadOnlyList<(KnownPost Post, KnownPost? Original)> posts, KnownViewer? known = null)
    {
        (_readerId, _posts) = (readerId, posts);
        foreach (var (post, original) in posts)
        {
            AddAuthor(post);
            if (original is null)
                continue;
            AddAuthor(original);
            _originals.Add(original);
        }

        void AddAuthor(KnownPost post)
        {
            if (!_authorIds.Contains(post.Post.AuthorId))
            {
                _authorIds.Add(post.Post.AuthorId);
                _changeKeys.Add(post.AuthorChangeKey);
            }

            foreach (var accountId in post.People)
            {
                if (_relations.TryAdd(accountId, Standing.None))
                    _people.Add(accountId);
            }
        }

        if (known?.Marks.Length == posts.Count && known.People.SequenceEqual(_people))
            _known = known;
    }

    public IReadOnlyList<long> AuthorIds => _authorIds;

    /// <summary>Of each post, and then of each original.</summary>
    private int CountsCount => _posts.Count + _originals.Count;

    private RawAnswer Answer => _answer ?? throw new InvalidOperationException("Nothing was asked.");

    private int RelationsAsked => _known is null ? _people.Count : 0;

    private int MarksAsked => _known is null ? FieldsPerPost * _posts.Count : 0;

    private long? RelationsVersion => Answer.Number(1, RelationsAsked);

    private long? MarksVersion => Answer.Number(2, MarksAsked + 1);

    /// <summary>False when Redis does not know all that is asked, or what was known has changed.</summary>
    public async Task<bool> Ask(RedisGateway redis)
    {
        using var commands = new RawCommands(CommandBytes);
        AskCountsAndChanges(commands);
        AskRelations(commands);
        AskMarks(commands);
        _answer = await redis.Ask(commands);

        var isComplete = !Answer.IsNothing(1, RelationsAsked) && !Answer.IsNothing(2, MarksAsked)
            && (_known is null
                || (_known.RelationsVersion == RelationsVersion && _known.MarksVersion == MarksVersion));
        for (var i = 0; i < CountsCount; i++)
            isComplete &= !Answer.IsNothing(0, i);
        return isComplete;
    }

    /// <summary>What stands under the change key of each author.</summary>
    public long?[] Changes()
    {
        var changes = new long?[_authorIds.Count];
        for (var i = 0; i < changes.Length; i++)
            changes[i] = Answer.Number(0, CountsCount + i);
        return changes;
    }

    /// <summary>What there is to be known the next time; null when a mute among it ends by itself.</summary>
    public KnownViewer? Viewer()
    {
        if (_known is not null || _posts.Count == 0)
            return _known;
        var relations = new Standing[_people.Count];
        for (var i = 0; i < relations.Length; i++)
        {
            var value = Answer.Value(1, i);
            if (value.Contains((byte)' '))
                return null;
            relations[i] = value.IsEmpty ? Standing.None : Relation(i, DateTimeOffset.MinValue);
        }

        var marks = new StatusMarks[_posts.Count];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = Marks(i);
        return RelationsVersion is { } version ? new(version, MarksVersion, _people, relations, marks) : null;
    }

    /// <summary>
    /// Adds the posts that belong into the reader's home timeline, in the order given, until the page is full.
    /// </summary>
    /// <param name="authors">As <see cref="AuthorIds"/> has them; null for one who does not exist.</param>
    public void AddTo(WarmPage page, KnownAccount?[] authors, DateTimeOffset now)
    {
        for (var i = 0; i < _people.Count; i++)
        {
            if (_known is not null)
                _relations[_people[i]] = _known.Relations[i];
            else if (!Answer.IsNothing(1, i))
                _relations[_people[i]] = Relation(i, now);
        }

        var originalCounts = _posts.Count;
        for (var i = 0; i < _posts.Count && !page.IsFull; i++)
        {
            var (post, original) = _posts[i];
            // A boost's own say only whether it is there.
            var counts = Answer.Value(0, original is null ? i : originalCounts++);
            if (Answer.Value(0, i).SequenceEqual(Deleted) || counts.SequenceEqual(Deleted)
                || !HomeRules.IsVisible(post.Post, original?.Post, _readerId, _relations)
                || !HomeRules.Belongs(post.Post, original?.Post, _readerId, _relations))
                continue;
            if (original is null)
                page.Add(post, Author(post), counts, Marks(i));
            else
                page.AddBoost(post, Author(post), original, Author(original), counts, Marks(i));
        }

        KnownAccount? Author(KnownPost post) => authors[_authorIds.IndexOf(post.Post.AuthorId)];
    }

    public void Dispose()
    {
        _answer?.Dispose();
        _answer = null;
    }

    private Standing Relation(int person, DateTimeOffset now) =>
        RelationSnapshots.Decode(Encoding.ASCII.GetString(Answer.Value(1, person)), now);

    private StatusMarks Marks(int post)
    {
        if (_known is not null)
            return _known.Marks[post];
        var first = post * FieldsPerPost;
        return (IsMarked(first) ? StatusMarks.Favourite : StatusMarks.None)
            | (IsMarked(first + 1) ? StatusMarks.Boosted : StatusMarks.None)
            | (IsMarked(first + 2) ? StatusMarks.Bookmarked : StatusMarks.None);
    }

    private bool IsMarked(int field) => Answer.Number(2, field) is > 0;

    private void AskCountsAndChanges(RawCommands commands)
    {
        commands.Begin(1 + CountsCount + _authorIds.Count);
        commands.Word("MGET"u8);
        foreach (var (post, _) in _posts)
            commands.Encoded(post.CountsKey);
        foreach (var original in _originals)
            commands.Encoded(original.CountsKey);
        foreach (var changeKey in _changeKeys)
            commands.Encoded(changeKey);
    }

    private void AskRelations(RawCommands commands)
    {
        commands.Begin(3 + RelationsAsked);
        commands.Word("HMGET"u8);
        commands.Word(RelationSnapshots.Key(_readerId));
        for (var i = 0; i < RelationsAsked; i++)
            commands.Word([], _people[i]);
        commands.Word(RelationSnapshots.CompleteField);
    }

    private void AskMarks(RawCommands commands)
    {
        commands.Begin(4 + MarksAsked);
        commands.Word("HMGET"u8);
        commands.Word(PostMarks.Key(_readerId));
        for (var i = 0; i < MarksAsked / FieldsPerPost; i++)
            commands.Encoded(_posts[i].Post.MarkFields);
        commands.Word(PostMarks.CompleteField);
        commands.Word(PostMarks.ChangeField);
    }
}
