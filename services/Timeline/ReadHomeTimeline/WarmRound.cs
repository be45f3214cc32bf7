using System.Globalization;
using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;
using StackExchange.Redis;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// Posts that may stand on a page, and what one round trip says of them: whether they still exist, their counters,
/// whether their authors have changed, how the reader stands to everybody concerned, and what he marked.
/// </summary>
internal sealed class WarmRound
{
    private const int FieldsPerPost = 3;

    private readonly long _readerId;
    private readonly IReadOnlyList<(KnownPost Post, KnownPost? Original)> _posts;
    private readonly List<long> _authorIds = [];
    private readonly Dictionary<long, int> _people = [];
    private RedisValue[] _counts = [];
    private RedisValue[] _changes = [];
    private RedisValue[] _relations = [];
    private RedisValue[] _marks = [];

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
    public ReadOnlyMemory<RedisValue> Changes => _changes;

    /// <summary>False when Redis does not know all that is asked.</summary>
    public async Task<bool> Ask(RedisGateway redis)
    {
        RedisKey[] keys =
        [
            .. _posts.Select(entry => entry.Post.CountsKey),
            .. _posts.Select(entry => (entry.Original ?? entry.Post).CountsKey),
            .. _authorIds.Select(authorId => (RedisKey)AccountSnapshots.ChangeKey(authorId)),
        ];
        RedisValue[] people =
        [
            .. _people.Keys.Select(accountId => (RedisValue)accountId.ToString(CultureInfo.InvariantCulture)),
            RelationSnapshots.CompleteField,
        ];
        RedisValue[] marks = [.. _posts.SelectMany(entry => entry.Post.MarkFields), PostMarks.CompleteField];
        var (values, relations, marked) = await redis.Run(async store =>
        {
            var asked = redis.Get(store, keys);
            var askedRelations = store.HashGetAsync(RelationSnapshots.Key(_readerId), people);
            var askedMarks = store.HashGetAsync(PostMarks.Key(_readerId), marks);
            return (await asked, await askedRelations, await askedMarks);
        });
        (_counts, _changes) = (values[..(2 * _posts.Count)], values[(2 * _posts.Count)..]);
        (_relations, _marks) = (relations, marked);
        return !_relations[^1].IsNull && !_marks[^1].IsNull && _counts.All(counts => !counts.IsNull);
    }

    /// <summary>The posts that belong into the reader's home timeline, in the order given.</summary>
    public IEnumerable<WarmEntry> Passing(DateTimeOffset now)
    {
        var relations = new Dictionary<long, Standing>(_people.Count);
        foreach (var (accountId, i) in _people)
        {
            if (!_relations[i].IsNull)
                relations[accountId] = RelationSnapshots.Decode(_relations[i].ToString(), now);
        }

        for (var i = 0; i < _posts.Count; i++)
        {
            var (post, original) = _posts[i];
            var counts = _counts[_posts.Count + i];
            if (_counts[i] == PostSnapshots.Deleted || counts == PostSnapshots.Deleted
                || !HomeRules.IsVisible(post.Post, original?.Post, _readerId, relations)
                || !HomeRules.Belongs(post.Post, original?.Post, _readerId, relations))
                continue;
            yield return new(
                post,
                original,
                ((byte[]?)counts)!,
                _authorIds.IndexOf(post.Post.AuthorId),
                original is null ? -1 : _authorIds.IndexOf(original.Post.AuthorId),
                MarksOf(i * FieldsPerPost));
        }
    }

    private StatusMarks MarksOf(int first) =>
        (IsSet(_marks[first]) ? StatusMarks.Favourite : StatusMarks.None)
        | (IsSet(_marks[first + 1]) ? StatusMarks.Boosted : StatusMarks.None)
        | (IsSet(_marks[first + 2]) ? StatusMarks.Bookmarked : StatusMarks.None);

    private static bool IsSet(RedisValue mark) => !mark.IsNull && (long)mark != 0;
}
