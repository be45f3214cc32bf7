namespace Microblog.Timeline.Storage;

/// <summary>
/// A timeline: a list in Redis, and past its end Postgres, as one. Where the list cannot be trusted any more, what it
/// says is united with what Postgres says, so that the seam neither hides nor repeats a post.
/// </summary>
internal sealed class ListedPosts(ListedIds newest, Func<Task<ListedIds>> readWhole, IPostSource stored) : IPostSource
{
    private ListedIds _list = newest;

    /// <summary>
    /// The next ids as far as the list can be trusted, descending, without asking anybody, and whether that is all
    /// there are.
    /// </summary>
    public (IReadOnlyList<long> Ids, bool IsAll) Trusted(long below, long above) => (
        [.. _list.Ids.Where(id => id < below && id > above && id >= _list.Floor)],
        above >= _list.Floor || _list.IsComplete);

    public async Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        await ReadDownTo(below - 1);
        var listed = _list.Ids.Where(id => id < below && id > above).ToArray();
        var trusted = listed.TakeWhile(id => id >= _list.Floor).Take(count).Select(PageEntry.Of).ToArray();
        if (trusted.Length > 0 || above >= _list.Floor || _list.IsComplete)
            return trusted;

        var older = await stored.Below(below, above, count, cancellationToken);
        var end = older.Count < count ? above : older[^1].PostId - 1;
        return [.. older.Select(entry => entry.PostId)
            .Union(listed.Where(id => id > end))
            .OrderDescending()
            .Take(count)
            .Select(PageEntry.Of)];
    }

    public async Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken)
    {
        await ReadDownTo(above);
        var listed = _list.Ids.Where(id => id > above && id < below).Reverse().ToArray();
        if (above >= _list.Floor || _list.IsComplete)
            return [.. listed.Take(count).Select(PageEntry.Of)];

        var newer = await stored.Above(above, below, count, cancellationToken);
        var end = newer.Count < count ? below : newer[^1].PostId + 1;
        return [.. newer.Select(entry => entry.PostId)
            .Union(listed.Where(id => id < end))
            .Order()
            .Take(count)
            .Select(PageEntry.Of)];
    }

    private async Task ReadDownTo(long id)
    {
        if (id < _list.Floor && !_list.IsWhole)
            _list = await readWhole();
    }
}
