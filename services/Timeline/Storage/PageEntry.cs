namespace Microblog.Timeline.Storage;

/// <summary>One place in a list of posts.</summary>
/// <param name="Cursor">What the list is sorted by and what clients page with: the post's id, or that of a
/// favourite.</param>
internal readonly record struct PageEntry(long Cursor, long PostId)
{
    /// <summary>A place in a list that is sorted by the posts' own ids.</summary>
    public static PageEntry Of(long postId) => new(postId, postId);
}
