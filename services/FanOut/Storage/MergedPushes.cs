using System.Buffers;
using System.Numerics;

namespace Microblog.FanOut.Storage;

/// <summary>
/// The lists that posts go to, each once, with its posts ascending and each once. In a few arrays from a pool: there
/// are hundreds of thousands of entries a second.
/// </summary>
internal sealed class MergedPushes : IDisposable
{
    private readonly long[] _postIds;
    private readonly List[] _lists;
    private readonly Entry[] _entries;
    // Open addressing: one more than the number of the list, 0 where nobody is.
    private readonly int[] _places;
    private readonly int _placeBits;
    private int _entryCount;

    /// <param name="posts">Posts and the owners of the lists they go to, in any order and as often as may be.</param>
    public MergedPushes(IEnumerable<(long PostId, IReadOnlyList<long> OwnerIds)> posts)
    {
        var sorted = posts.OrderBy(post => post.PostId).ToArray();
        var entriesMax = sorted.Sum(post => post.OwnerIds.Count);
        _postIds = [.. sorted.Select(post => post.PostId).Distinct()];
        _lists = ArrayPool<List>.Shared.Rent(entriesMax);
        _entries = ArrayPool<Entry>.Shared.Rent(entriesMax);
        _placeBits = BitOperations.Log2((uint)Math.Max(entriesMax, 1)) + 2;
        _places = ArrayPool<int>.Shared.Rent(1 << _placeBits);
        _places.AsSpan(0, 1 << _placeBits).Clear();
        var post = -1;
        foreach (var (postId, ownerIds) in sorted)
        {
            if (post < 0 || _postIds[post] != postId)
                post++;
            for (var i = 0; i < ownerIds.Count; i++)
                Add(post, ownerIds[i]);
        }
    }

    /// <summary>Lists in all.</summary>
    public int Count { get; private set; }

    public long OwnerId(int list) => _lists[list].OwnerId;

    /// <summary>Posts that go to one list.</summary>
    public int PostCount(int list) => _lists[list].PostCount;

    /// <summary>The ids of the posts that go to one list.</summary>
    public Ids PostIds(int list) => new(this, list);

    public void Dispose()
    {
        ArrayPool<List>.Shared.Return(_lists);
        ArrayPool<Entry>.Shared.Return(_entries);
        ArrayPool<int>.Shared.Return(_places);
    }

    private void Add(int post, long ownerId)
    {
        ref var place = ref Place(ownerId);
        if (place == 0)
        {
            _lists[Count] = new() { OwnerId = ownerId, First = _entryCount, Last = _entryCount, PostCount = 1 };
            place = ++Count;
        }
        else
        {
            ref var list = ref _lists[place - 1];
            if (_entries[list.Last].Post == post)
                return;
            _entries[list.Last].Next = _entryCount;
            list.Last = _entryCount;
            list.PostCount++;
        }

        _entries[_entryCount++].Post = post;
    }

    // Fibonacci hashing: ids that follow each other, as those of people who joined together, lie far apart.
    private ref int Place(long ownerId)
    {
        var mask = (1 << _placeBits) - 1;
        var i = (int)(((ulong)ownerId * 11400714819323198485UL) >> (64 - _placeBits));
        while (_places[i] != 0 && _lists[_places[i] - 1].OwnerId != ownerId)
            i = (i + 1) & mask;
        return ref _places[i];
    }

    /// <summary>Goes over the ids of one list, ascending.</summary>
    internal struct Ids(MergedPushes pushes, int list)
    {
        private int _left = pushes.PostCount(list);
        private int _entry = -1;

        public long Current { get; private set; }

        public readonly Ids GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            _left--;
            _entry = _entry < 0 ? pushes._lists[list].First : pushes._entries[_entry].Next;
            Current = pushes._postIds[pushes._entries[_entry].Post];
            return true;
        }
    }

    private struct List
    {
        public long OwnerId;
        public int First;
        public int Last;
        public int PostCount;
    }

    private struct Entry
    {
        public int Post;
        public int Next;
    }
}
