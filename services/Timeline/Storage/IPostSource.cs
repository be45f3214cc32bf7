namespace Microblog.Timeline.Storage;

/// <summary>A list of posts that can be walked in both directions. An empty answer is its end.</summary>
internal interface IPostSource
{
    /// <summary>The highest cursors below one and above another, both exclusive, descending; at most
    /// <paramref name="count"/>.</summary>
    Task<IReadOnlyList<PageEntry>> Below(long below, long above, int count, CancellationToken cancellationToken);

    /// <summary>The lowest cursors above one and below another, both exclusive, ascending; at most
    /// <paramref name="count"/>.</summary>
    Task<IReadOnlyList<PageEntry>> Above(long above, long below, int count, CancellationToken cancellationToken);
}
