using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Ingest.BookmarkPost;

/// <summary>
/// The bookmarks of an account. Whoever asks for the state there is already changes nothing and tells nobody.
/// </summary>
internal sealed class Bookmarks(
    MarkDirectory marks,
    WrittenMarks written,
    AcceptedWrites writes,
    IdSequence ids,
    TimeProvider clock)
{
    /// <summary>Whether this call changed anything.</summary>
    public async Task<bool> Set(
        PostCreated post,
        long accountId,
        bool isBookmarked,
        CancellationToken cancellationToken)
    {
        var mark = await marks.Find(accountId, post.PostId, cancellationToken);
        // When nobody can tell it is said once more, which changes nothing where it is known.
        if (mark?.IsBookmarked == isBookmarked)
            return false;

        await writes.Add(new BookmarkChanged(
            ids.Next(), post.PostId, accountId, isBookmarked, clock.GetUtcNow()));
        await written.Bookmark(accountId, post.PostId, isBookmarked);
        return true;
    }
}
