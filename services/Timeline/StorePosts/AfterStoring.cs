using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.StorePosts;

/// <summary>
/// What follows the commit of a batch. It is done for the whole batch, stored before or not, so that a redelivery
/// makes up for a crash in between.
/// </summary>
internal sealed class AfterStoring(
    CountSnapshots counts,
    RebuiltLists rebuiltLists,
    NotificationLists notifications,
    RetractedPosts retracted,
    PostDirectory snapshots)
{
    public async Task Run(IReadOnlyCollection<PostCreated> stored, CancellationToken cancellationToken)
    {
        await CopyCounts(stored, cancellationToken);
        await AddToRebuilt(stored);
        await retracted.Announce(stored, cancellationToken);
    }

    /// <summary>The same, and what follows deletions and favourites, for posts that Redis was not told of.</summary>
    public async Task RunAgain(IReadOnlyCollection<UnwrittenSnapshot> unwritten, CancellationToken cancellationToken)
    {
        await Task.WhenAll(unwritten.Where(one => one.IsDeleted).Select(one => snapshots.MarkDeleted(one.Post.PostId)));
        PostCreated[] posts = [.. unwritten.Select(one => one.Post)];
        await counts.CopyPosts(posts.Select(post => post.PostId), cancellationToken);
        await CopyCounts(posts, cancellationToken);
        await AddToRebuilt([.. unwritten.Where(one => !one.IsDeleted).Select(one => one.Post)]);
        await retracted.Announce(posts, cancellationToken);
    }

    private async Task CopyCounts(IReadOnlyCollection<PostCreated> posts, CancellationToken cancellationToken)
    {
        await counts.CopyPosts(
            posts.SelectMany(post => new[] { post.InReplyToId, post.BoostOfId }).OfType<long>(),
            cancellationToken);
        await counts.CopyAuthors(posts.Select(post => post.AuthorId), cancellationToken);
    }

    private async Task AddToRebuilt(IReadOnlyCollection<PostCreated> posts)
    {
        await rebuiltLists.Append(posts);
        await notifications.AddToRebuilt(posts.SelectMany(NewNotification.Of));
    }
}
