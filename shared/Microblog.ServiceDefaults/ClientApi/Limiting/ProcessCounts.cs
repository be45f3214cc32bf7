using System.Collections.Concurrent;

namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>
/// Counts while Redis is away: per process, so that a limit is then looser by the number of processes, but never open.
/// </summary>
internal sealed class ProcessCounts
{
    /// <summary>
    /// Counters held at once. Beyond it all newcomers share one, so that memory stays bounded and no limit opens.
    /// </summary>
    private const int CountersMax = 100_000;

    private readonly ConcurrentDictionary<string, (long Count, DateTimeOffset EndsAt)> _counts = [];

    public long Increment(LimitKey key, DateTimeOffset now)
    {
        var name = key.At(now);
        if (_counts.Count >= CountersMax && !_counts.ContainsKey(name))
        {
            Forget(now);
            if (_counts.Count >= CountersMax)
                name = (key with { Subject = "others" }).At(now);
        }

        var endsAt = key.Limit.WindowEnd(now);
        return _counts.AddOrUpdate(name, (1, endsAt), (_, known) => (known.Count + 1, endsAt)).Count;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (name, _) in _counts.Where(counter => counter.Value.EndsAt <= now))
            _counts.TryRemove(name, out _);
    }
}
