using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Ingest.FavouritePost;

/// <summary>
/// The favourites of an account. Whoever asks for the state there is already changes nothing and tells nobody.
/// </summary>
internal sealed class Favourites(
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
        bool isFavourite,
        CancellationToken cancellationToken)
    {
        var mark = await marks.Find(accountId, post.PostId, cancellationToken);
        // When nobody can tell it is said once more, which changes nothing where it is known.
        if (mark?.IsFavourite == isFavourite)
            return false;

        await writes.Add(new FavouriteChanged(
            ids.Next(), post.PostId, post.AuthorId, accountId, isFavourite, clock.GetUtcNow()));
        await written.Favourite(accountId, post.PostId, isFavourite);
        return true;
    }
}
