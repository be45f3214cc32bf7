using System.Buffers;
using System.Runtime.InteropServices;

namespace Microblog.FanOut.Storage;

/// <summary>
/// The lists that posts go to, each once and in the order of their owners' ids, with its posts ascending and each once.
/// </summary>
/// <remarks>
/// The order is for Redis: it keeps what it made one after the other side by side, so that lists of people who joined
/// one after the other are found in fewer lines and pages of memory (decision 0028). In a few arrays from a pool: there
/// are hundreds of thousands of entries a second.
/// </remarks>
internal sealed class MergedPushes : IDisposable
{
    private const int BitsPerDigit = 11;

    private readonly long[] _postIds;
    private readonly List[] _lists;

    /// <param name="posts">Posts and the owners of the lists they go to, in any order and as often as may be.</param>
    public MergedPushes(IEnumerable<(long PostId, IReadOnlyList<long> OwnerIds)> posts)
    {
        var sorted = posts.OrderBy(post => post.PostId).ToArray();
        var entryCount = sorted.Sum(post => post.OwnerIds.Count);
        var (entries, spare) = (ArrayPool<Entry>.Shared.Rent(entryCount), ArrayPool<Entry>.Shared.Rent(entryCount));
        var filled = 0;
        foreach (var (postId, ownerIds) in sorted)
        {
            for (var i = 0; i < ownerIds.Count; i++)
                entries[filled++] = new(ownerIds[i], postId);
        }

        SortByOwner(ref entries, ref spare, entryCount);
        _postIds = ArrayPool<long>.Shared.Rent(entryCount);
        _lists = ArrayPool<List>.Shared.Rent(entryCount);
        Merge(entries.AsSpan(0, entryCount));
        ArrayPool<Entry>.Shared.Return(entries);
        ArrayPool<Entry>.Shared.Return(spare);
    }

    /// <summary>Lists in all.</summary>
    public int Count { get; private set; }

    public long OwnerId(int list) => _lists[list].OwnerId;

    /// <summary>The ids of the posts that go to one list.</summary>
    public ReadOnlySpan<long> PostIds(int list) => _postIds.AsSpan(_lists[list].First, _lists[list].PostCount);

    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_postIds);
        ArrayPool<List>.Shared.Return(_lists);
    }

    private void Merge(ReadOnlySpan<Entry> entries)
    {
        var postCount = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if (i == 0 || entries[i].OwnerId != entries[i - 1].OwnerId)
                _lists[Count++] = new(entries[i].OwnerId, postCount, 0);
            else if (entries[i].PostId == entries[i - 1].PostId)
                continue;
            _postIds[postCount++] = entries[i].PostId;
            _lists[Count - 1].PostCount++;
        }
    }

    /// <summary>
    /// A radix sort from the lowest digit, which keeps the order of each owner's posts: linear, where comparing would
    /// cost a tenth of what a delivery does. Digits that are the same everywhere are left out.
    /// </summary>
    private static void SortByOwner(ref Entry[] entries, ref Entry[] spare, int count)
    {
        const int DigitMax = (1 << BitsPerDigit) - 1;
        Span<int> next = stackalloc int[DigitMax + 1];
        var differing = 0L;
        foreach (var entry in entries.AsSpan(0, count))
            differing |= entry.OwnerId ^ entries[0].OwnerId;
        for (var shift = 0; shift < 64; shift += BitsPerDigit)
        {
            if ((differing >>> shift & DigitMax) == 0)
                continue;

            next.Clear();
            foreach (var entry in entries.AsSpan(0, count))
                next[(int)(entry.OwnerId >>> shift & DigitMax)]++;
            var begin = 0;
            foreach (ref var place in next)
                (place, begin) = (begin, begin + place);
            foreach (var entry in entries.AsSpan(0, count))
                spare[next[(int)(entry.OwnerId >>> shift & DigitMax)]++] = entry;
            (entries, spare) = (spare, entries);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long OwnerId, long PostId);

    [StructLayout(LayoutKind.Auto)]
    private record struct List(long OwnerId, int First, int PostCount);
}
