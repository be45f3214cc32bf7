using System.Collections.Concurrent;

namespace Microblog.LoadTest.Measuring;

/// <summary>How often something was done and how long it took, and why it was not.</summary>
public sealed class OperationCounts
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private long _done;

    /// <summary>Of all that were answered well.</summary>
    public Histogram Latency { get; } = new();

    public long Done => Interlocked.Read(ref _done);

    public long Failed => _errors.Values.Sum();

    public IReadOnlyDictionary<string, long> Errors => _errors;

    /// <param name="error">Null when it was answered well.</param>
    public void Record(TimeSpan latency, string? error)
    {
        if (error is not null)
        {
            _errors.AddOrUpdate(error, 1, (_, count) => count + 1);
            return;
        }

        Interlocked.Increment(ref _done);
        Latency.Record(latency);
    }
}
