using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Storage;

/// <summary>Which of an author's posts are wanted.</summary>
/// <param name="ExcludesReplies">Replies to oneself stay.</param>
/// <param name="Tag">In lower case; null for posts with and without tags.</param>
internal sealed record AuthorPostsFilter(bool ExcludesReplies = false, bool ExcludesBoosts = false, string? Tag = null)
{
    public static readonly AuthorPostsFilter None = new();

    public bool Admits(PostCreated post) =>
        (!ExcludesReplies || post.InReplyToId is null || post.InReplyToAuthorId == post.AuthorId)
        && (!ExcludesBoosts || post.BoostOfId is null)
        && (Tag is null || post.Tags.Contains(Tag));
}
