using System.Collections.Concurrent;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Traffic;

/// <summary>What was accepted, and whom it must reach.</summary>
public sealed class Journal(FollowGraph graph)
{
    /// <summary>What people reply to, boost and favourite is one of the newest.</summary>
    private const int RecentMax = 1_000;

    private readonly ConcurrentDictionary<long, AcceptedPost> _posts = new();
    private readonly Lock _lock = new();
    private readonly List<AcceptedPost> _recent = [];
    private int _oldest;

    public ICollection<AcceptedPost> Posts => _posts.Values;

    /// <summary>False when it was known: who boosts twice gets the same boost again.</summary>
    public bool Add(AcceptedPost post)
    {
        if (!_posts.TryAdd(post.Id, post))
            return false;
        if (post.Kind == PostKind.Boost)
            return true;

        lock (_lock)
        {
            if (_recent.Count < RecentMax)
                _recent.Add(post);
            else
                _recent[_oldest++ % RecentMax] = post;
        }

        return true;
    }

    /// <summary>A recent post that nobody is about to delete; null when none is found in a few tries.</summary>
    public AcceptedPost? Recent(Random random, Func<AcceptedPost, bool>? isFit = null)
    {
        const int TriesMax = 20;
        lock (_lock)
        {
            for (var i = 0; i < TriesMax && _recent.Count > 0; i++)
            {
                var post = _recent[random.Next(_recent.Count)];
                if (!post.IsDisturbed && isFit?.Invoke(post) != false)
                    return post;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the post belongs into the reader's home timeline: his own, and those of authors whom he follows, but
    /// replies only when he follows both, or is the one who is answered, or the author answers himself.
    /// </summary>
    public bool Reaches(AcceptedPost post, int reader)
    {
        if (post.Author == reader)
            return true;
        if (!graph.Follows(reader, post.Author))
            return false;
        if (post.Kind != PostKind.Reply)
            return true;
        var repliedTo = post.Target!.Author;
        return repliedTo == post.Author || repliedTo == reader || graph.Follows(reader, repliedTo);
    }

    /// <summary>Timelines that the post is to be written into.</summary>
    public int Audience(AcceptedPost post)
    {
        if (post.Kind != PostKind.Reply || post.Target!.Author == post.Author)
            return graph.FollowersCount(post.Author);
        return Common(graph.FollowersOf(post.Author), graph.FollowersOf(post.Target.Author))
            + (graph.Follows(post.Target.Author, post.Author) ? 1 : 0);
    }

    // Both ascending; the one replied to does not follow himself and is counted above.
    private static int Common(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        var (i, j, count) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j])
                (i, j, count) = (i + 1, j + 1, count + 1);
            else if (one[i] < other[j])
                i++;
            else
                j++;
        }

        return count;
    }
}
