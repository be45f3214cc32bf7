using System.Diagnostics;
using Microblog.LoadTest.Measuring;

namespace Microblog.LoadTest.Traffic;

/// <summary>Lets the crowd do things at the intended times, whether or not what came before is answered.</summary>
public sealed class Driver(Crowd crowd, TrafficOptions options, Recorder recorder, TimeProvider clock)
{
    /// <summary>Requests that may be without an answer; what is to come then is counted as an error at once.</summary>
    public const int UnansweredMax = 5_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly HashSet<Task> _unanswered = [];
    private readonly Lock _lock = new();
    private Exception? _failure;

    /// <summary>Returns when everything is answered; a run that is cancelled sends nothing more.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed + (1_000 * options.Shard));
        var mix = new Mix(options.Mix);
        var profile = RateProfile.Of(options.Profile);
        var start = Stopwatch.GetTimestamp();
        foreach (var arrival in Arrivals.Draw(options.Rate / options.Shards, profile, options.Length, random))
        {
            while (Stopwatch.GetElapsedTime(start) < arrival && !cancellationToken.IsCancellationRequested)
                await Task.Delay(Tick, clock, CancellationToken.None);
            if (cancellationToken.IsCancellationRequested || _failure is not null)
                break;

            var intendedAt = start + (long)(arrival.TotalSeconds * Stopwatch.Frequency);
            var operation = mix.Next(random);
            recorder.Offer();
            if (UnansweredCount() >= UnansweredMax)
                recorder.Record(operation, TimeSpan.Zero, "crowded out");
            else
                Begin(operation, intendedAt, profile.IsEventAt(arrival, options.Length), cancellationToken);
        }

        while (UnansweredCount() > 0)
            await Task.Delay(Tick, clock, CancellationToken.None);
        if (_failure is not null)
            throw new InvalidOperationException("The harness itself failed.", _failure);
    }

    private int UnansweredCount()
    {
        lock (_lock)
            return _unanswered.Count;
    }

    private void Begin(Operation operation, long intendedAt, bool isEvent, CancellationToken cancellationToken)
    {
        var work = crowd.Do(operation, intendedAt, isEvent, cancellationToken);
        lock (_lock)
            _unanswered.Add(work);
        work.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Ended(Task work)
    {
        lock (_lock)
        {
            _unanswered.Remove(work);
            _failure ??= work.Exception?.InnerException;
        }
    }
}
