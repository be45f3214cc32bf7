using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Microblog.ServiceDefaults.Memory;

/// <summary>
/// Remembers what was used lately, in two generations: when the young one is full it becomes the old one, and what
/// nobody asks for from there is forgotten with it. A look-up neither locks nor allocates.
/// </summary>
/// <param name="entriesMax">Entries of both generations together.</param>
public sealed class RecentlyUsed<TKey, TValue>(int entriesMax)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private int _kept;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_young.TryGetValue(key, out value))
            return true;
        if (!_old.TryGetValue(key, out value))
            return false;
        Keep(key, value);
        return true;
    }

    public void Keep(TKey key, TValue value)
    {
        _young[key] = value;
        // What is kept again is counted again: a generation may be shorter, never longer.
        if (Interlocked.Increment(ref _kept) >= entriesMax / 2)
            Turn();
    }

    private void Turn()
    {
        lock (_turning)
        {
            if (_kept < entriesMax / 2)
                return;
            (_old, _young) = (_young, new());
            Interlocked.Exchange(ref _kept, 0);
        }
    }
}
