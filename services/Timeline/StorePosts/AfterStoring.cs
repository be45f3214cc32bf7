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
    RetractedPosts retracted)
{
    public async Task Run(IReadOnlyCollection<PostCreated> stored, CancellationToken cancellationToken)
    {
        await counts.CopyPosts(
            stored.SelectMany(post => new[] { post.InReplyToId, post.BoostOfId }).OfType<long>(),
            cancellationToken);
        await counts.CopyAuthors(stored.Select(post => post.AuthorId), cancellationToken);
        await rebuiltLists.Append(stored);
        await notifications.AddToRebuilt(stored.SelectMany(NewNotification.Of));
        await retracted.Announce(stored, cancellationToken);
    }
}
