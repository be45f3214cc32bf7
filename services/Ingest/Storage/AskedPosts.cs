using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>Posts that are no longer in Redis, asked of Timeline, who writes their snapshots again.</summary>
internal sealed class AskedPosts(Publisher publisher, TimeProvider clock) : IMissingPosts
{
    /// <summary>So young a post may be on its way to Timeline, and its snapshot have found Redis away.</summary>
    private static readonly TimeSpan UnderWayMax = TimeSpan.FromSeconds(30);

    /// <summary>Mostly it is stored by then.</summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(250);

    private const int TriesMax = 5;

    /// <summary>Posts one question may name.</summary>
    private const int PostsPerQuestionMax = 80;

    /// <exception cref="BrokerAwayException">Timeline did not answer, or does not know a post yet that may
    /// exist.</exception>
    public async Task<IReadOnlyList<StoredPost>> Load(
        IReadOnlyList<long> postIds,
        CancellationToken cancellationToken)
    {
        var posts = new List<StoredPost>(postIds.Count);
        for (var tries = 1; ; tries++)
        {
            long[] missing = [.. postIds.Except(posts.Select(post => post.Post.PostId))];
            foreach (var some in missing.Chunk(PostsPerQuestionMax))
                posts.AddRange((await publisher.Ask<GetPosts, PostsFound>(new(some), cancellationToken)).Posts);
            var underWay = missing.Except(posts.Select(post => post.Post.PostId)).Where(MayBeUnderWay).ToArray();
            if (underWay.Length == 0)
                return posts;
            if (tries == TriesMax)
                throw new BrokerAwayException($"Post {underWay[0]} may be on its way.");
            await Task.Delay(TryAgainAfter, clock, cancellationToken);
        }
    }

    private bool MayBeUnderWay(long postId) =>
        (clock.GetUtcNow() - IdSequence.CreatedAt(postId)).Duration() < UnderWayMax;
}
