using System.Collections.Concurrent;

namespace Microblog.Ingest.Storage;

/// <summary>
/// The ids that this process gave out lately, by idempotency key, for when Redis is away. Bounded: the oldest are
/// forgotten first.
/// </summary>
/// <param name="max">Keys remembered; concurrent callers may exceed it by one each.</param>
internal sealed class RememberedKeys(int max, TimeSpan lifetime, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _ids = [];
    private readonly ConcurrentQueue<KeyValuePair<string, Entry>> _order = [];

    /// <summary>The id of this key; null when there is none, or it is too old.</summary>
    public long? Find(string key) =>
        _ids.TryGetValue(key, out var entry) && entry.EndsAt > clock.GetUtcNow() ? entry.Id : null;

    /// <summary>The id of this key; <paramref name="fresh"/> to whoever asks first.</summary>
    public long FindOrAdd(string key, long fresh)
    {
        var now = clock.GetUtcNow();
        var added = new Entry(fresh, now + lifetime);
        var entry = _ids.AddOrUpdate(key, added, (_, held) => held.EndsAt > now ? held : added);
        if (ReferenceEquals(entry, added))
            Enqueue(key, added);
        return entry.Id;
    }

    /// <summary>Remembers what Redis says, which goes before what was remembered.</summary>
    public void Set(string key, long id)
    {
        if (Find(key) == id)
            return;

        var entry = new Entry(id, clock.GetUtcNow() + lifetime);
        _ids[key] = entry;
        Enqueue(key, entry);
    }

    public void Forget(string key) => _ids.TryRemove(key, out _);

    private void Enqueue(string key, Entry entry)
    {
        _order.Enqueue(new(key, entry));
        // A key that was set anew meanwhile stays: it is further back in the queue.
        if (_order.Count > max && _order.TryDequeue(out var oldest))
            _ids.TryRemove(oldest);
    }

    /// <summary>Compared by reference, so that an old one cannot be taken for its successor.</summary>
    private sealed class Entry(long id, DateTimeOffset endsAt)
    {
        public long Id => id;

        public DateTimeOffset EndsAt => endsAt;
    }
}
