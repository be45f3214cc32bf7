using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>Posts that are no longer in Redis, asked of Timeline, who writes their snapshots again.</summary>
internal sealed class AskedPosts(Publisher publisher, TimeProvider clock) : IMissingPosts
{
    /// <summary>So young a post may be on its way to Timeline, and its snapshot have found Redis away.</summary>
    private static readonly TimeSpan MayBeUnderWay = TimeSpan.FromSeconds(30);

    /// <summary>Posts one question may name.</summary>
    private const int PostsPerQuestionMax = 80;

    /// <exception cref="BrokerAwayException">Timeline did not answer, or does not know a post yet that may
    /// exist.</exception>
    public async Task<IReadOnlyList<StoredPost>> Load(
        IReadOnlyList<long> postIds,
        CancellationToken cancellationToken)
    {
        var posts = new List<StoredPost>(postIds.Count);
        foreach (var some in postIds.Chunk(PostsPerQuestionMax))
            posts.AddRange((await publisher.Ask<GetPosts, PostsFound>(new(some), cancellationToken)).Posts);
        foreach (var id in postIds.Except(posts.Select(post => post.Post.PostId)))
        {
            if ((clock.GetUtcNow() - IdSequence.CreatedAt(id)).Duration() < MayBeUnderWay)
                throw new BrokerAwayException($"Post {id} may be on its way.");
        }

        return posts;
    }
}
