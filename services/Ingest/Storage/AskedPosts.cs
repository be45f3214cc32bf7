using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>Posts that are no longer in Redis, asked of Timeline, who writes their snapshots again.</summary>
internal sealed class AskedPosts(Publisher publisher) : IMissingPosts
{
    /// <summary>Posts one question may name.</summary>
    private const int PostsPerQuestionMax = 80;

    public async Task<IReadOnlyList<StoredPost>> Load(
        IReadOnlyList<long> postIds,
        CancellationToken cancellationToken)
    {
        var posts = new List<StoredPost>(postIds.Count);
        foreach (var some in postIds.Chunk(PostsPerQuestionMax))
            posts.AddRange((await publisher.Ask<GetPosts, PostsFound>(new(some), cancellationToken)).Posts);
        return posts;
    }
}
