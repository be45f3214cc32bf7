using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Storage;

/// <summary>
/// What a viewer gets to see, applied at every read: nothing that was written into a list earlier is taken on trust.
/// A boost passes only if its original does.
/// </summary>
internal sealed class PostSieve(RelationDirectory relations, PostDirectory posts)
{
    /// <summary>The posts that the viewer may see, in the order given.</summary>
    /// <param name="viewerId">Null for somebody who is not logged in.</param>
    public Task<IReadOnlyList<StoredPost>> Visible(
        IReadOnlyList<StoredPost> candidates,
        long? viewerId,
        CancellationToken cancellationToken) =>
        Filter(candidates, viewerId, (_, _) => true, cancellationToken);

    /// <summary>
    /// Those that the viewer may see and whose authors he has not muted: for lists that anybody can get into.
    /// </summary>
    public Task<IReadOnlyList<StoredPost>> Listed(
        IReadOnlyList<StoredPost> candidates,
        long? viewerId,
        CancellationToken cancellationToken) =>
        Filter(candidates, viewerId, (post, scene) => !AuthorsOf(post).Any(scene.IsMuted), cancellationToken);

    /// <summary>Those that belong into the reader's home timeline.</summary>
    public Task<IReadOnlyList<StoredPost>> Home(
        IReadOnlyList<StoredPost> candidates,
        long readerId,
        CancellationToken cancellationToken) =>
        Filter(
            candidates,
            readerId,
            (post, scene) => HomeRules.Belongs(post, scene.OriginalOf(post), readerId, scene.Relations),
            cancellationToken);

    private static IEnumerable<long> AuthorsOf(PostCreated post) =>
        post.BoostOfAuthorId is { } original ? [post.AuthorId, original] : [post.AuthorId];

    private async Task<IReadOnlyList<StoredPost>> Filter(
        IReadOnlyList<StoredPost> candidates,
        long? viewerId,
        Func<PostCreated, Scene, bool> rule,
        CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
            return candidates;
        var originals = await posts.Find(
            [.. candidates.Select(candidate => candidate.Post.BoostOfId).OfType<long>()],
            cancellationToken);
        var scene = new Scene(
            originals.ToDictionary(original => original.Key, original => original.Value.Post),
            viewerId is { } viewer
                ? await relations.Of(viewer, [.. People(candidates, originals.Values)], cancellationToken)
                : new Dictionary<long, Standing>());
        return [.. candidates.Where(candidate =>
            HomeRules.IsVisible(candidate.Post, scene.OriginalOf(candidate.Post), viewerId, scene.Relations)
            && rule(candidate.Post, scene))];
    }

    private static IEnumerable<long> People(IEnumerable<StoredPost> candidates, IEnumerable<StoredPost> originals) =>
        from stored in candidates.Concat(originals)
        from accountId in stored.Post.Mentions.Select(mention => mention.AccountId)
            .Append(stored.Post.AuthorId)
            .Append(stored.Post.InReplyToAuthorId ?? stored.Post.AuthorId)
            .Append(stored.Post.BoostOfAuthorId ?? stored.Post.AuthorId)
        select accountId;

    /// <summary>What the posts of one filtering refer to.</summary>
    private sealed record Scene(
        IReadOnlyDictionary<long, PostCreated> Originals,
        IReadOnlyDictionary<long, Standing> Relations)
    {
        public PostCreated? OriginalOf(PostCreated post) =>
            post.BoostOfId is { } originalId ? Originals.GetValueOrDefault(originalId) : null;

        public bool IsMuted(long accountId) => (Relations.GetValueOrDefault(accountId) & Standing.Muting) != 0;
    }
}
