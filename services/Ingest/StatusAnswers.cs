using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Ingest;

/// <summary>One post as the answer to the person who just wrote or changed something.</summary>
internal sealed class StatusAnswers(StatusRenderer renderer)
{
    private static readonly PostCounts NoCounts = new(Replies: 0, Boosts: 0, Favourites: 0, Version: 0);

    /// <summary>A post that nobody can have marked yet, so that no mark is looked up, let alone asked for.</summary>
    /// <param name="author">Null when the account is gone.</param>
    public Status ForNew(PostCreated post, AccountSnapshot? author) =>
        Unmarked(OrRefused(author is null ? null : renderer.Render(new(post, NoCounts), author)), post);

    /// <summary>A post that is about to be gone: what its author marked no longer matters.</summary>
    public async Task<Status> ForDeleted(StoredPost post, CancellationToken cancellationToken)
    {
        // What it boosts may be gone already, and must not keep anybody from deleting.
        var alone = post with { Post = post.Post with { BoostOfId = null } };
        var rendered = await renderer.Render([alone], viewerId: null, cancellationToken);
        return Unmarked(OrRefused(rendered.SingleOrDefault()), post.Post) with { Text = post.Post.Text };
    }

    /// <summary>Null when the post was deleted meanwhile, or what it boosts.</summary>
    public async Task<Status?> For(StoredPost post, long viewerId, CancellationToken cancellationToken) =>
        (await renderer.Render([post], viewerId, cancellationToken)).SingleOrDefault();

    private static Status Unmarked(Status status, PostCreated post) => status with
    {
        Favourited = false,
        Reblogged = false,
        Muted = false,
        Bookmarked = false,
        Pinned = post.BoostOfId is null ? false : null,
        Filtered = [],
    };

    // Suspended just now, and the token not yet refused here.
    private static Status OrRefused(Status? status) => status
        ?? throw new ClientException(StatusCodes.Status403Forbidden, "Your login is currently disabled");
}
