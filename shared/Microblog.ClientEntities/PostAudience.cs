using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.ClientEntities;

/// <summary>Who may see a post, whatever route leads to it. For a boost, ask for the original as well.</summary>
public static class PostAudience
{
    /// <param name="viewerId">Null for somebody who is not logged in.</param>
    /// <param name="toAuthor">How the viewer stands to the author.</param>
    public static bool MaySee(PostCreated post, long? viewerId, Standing toAuthor)
    {
        if (viewerId is not { } viewer)
            return post.Visibility is Visibility.Public or Visibility.Unlisted;
        if (viewer == post.AuthorId)
            return true;
        if (toAuthor.HasFlag(Standing.BlockedBy) || toAuthor.HasFlag(Standing.Blocking))
            return false;

        return post.Visibility switch
        {
            Visibility.Public or Visibility.Unlisted => true,
            Visibility.Private => toAuthor.HasFlag(Standing.Following) || IsMentioned(post, viewer),
            Visibility.Direct => IsMentioned(post, viewer),
            _ => throw new InvalidOperationException($"Post {post.PostId} has visibility {post.Visibility}."),
        };
    }

    private static bool IsMentioned(PostCreated post, long accountId) =>
        post.Mentions.Any(mention => mention.AccountId == accountId);
}
