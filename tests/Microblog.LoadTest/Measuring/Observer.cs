using System.Diagnostics;
using System.Globalization;
using Microblog.LoadTest.Traffic;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Microblog.LoadTest.Measuring;

/// <summary>Looks once a second at what happened, what is used and what waits, and says it on the terminal.</summary>
/// <param name="queues">Null when the broker may not be asked.</param>
/// <param name="redis">Null when Redis may not be asked.</param>
public sealed class Observer(
    Recorder recorder, Processes processes, Queues? queues, RedisServer? redis, Progress progress)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<Moment> _moments = [];
    private readonly Dictionary<string, long> _queuesMax = [];

    public IReadOnlyList<Moment> Moments => _moments;

    public IReadOnlyDictionary<string, long> QueuesMax => _queuesMax;

    /// <summary>Goes on until it is cancelled, and looks a last time then.</summary>
    public async Task Watch(TimeProvider clock, CancellationToken cancellationToken)
    {
        recorder.Turn();
        var start = Stopwatch.GetTimestamp();
        var (turnedAt, used) = (start, processes.Read());
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = (_moments.Count + 1) * Second;
            if (next - Stopwatch.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var length = Stopwatch.GetElapsedTime(turnedAt);
            turnedAt = Stopwatch.GetTimestamp();
            var interval = recorder.Turn();
            var uses = processes.Read();
            var cpu = uses.ToDictionary(
                part => part.Key,
                part => Math.Max(0, part.Value.CpuSeconds - (used.GetValueOrDefault(part.Key)?.CpuSeconds ?? 0))
                    / length.TotalSeconds);
            used = uses;
            var memory = uses.ToDictionary(part => part.Key, part => part.Value.Memory);
            Add(interval, length, cpu, memory, await Depths(), await RedisMemory());
        }
    }

    private void Add(
        Interval interval,
        TimeSpan length,
        IReadOnlyDictionary<string, double> cpu,
        IReadOnlyDictionary<string, long> memory,
        IReadOnlyDictionary<string, long>? depths,
        long? redisMemory)
    {
        foreach (var (queue, depth) in depths ?? new Dictionary<string, long>())
            _queuesMax[queue] = Math.Max(depth, _queuesMax.GetValueOrDefault(queue));
        var moment = new Moment(
            _moments.Count,
            length.TotalSeconds,
            interval.Offered,
            interval.Done(Enum.GetValues<Operation>()) - interval.Done(Operation.Page),
            interval.Failed,
            interval.Done(Operation.Post, Operation.Reply, Operation.Boost),
            interval.Done(Operation.Read, Operation.Page),
            interval.Done(Operation.Favourite, Operation.Follow, Operation.Delete),
            interval.Deliveries,
            Percentile(interval.Reads, .5),
            Percentile(interval.Reads, .99),
            Percentile(interval.Posts, .5),
            Percentile(interval.Posts, .99),
            Percentile(interval.Lag, .5),
            Percentile(interval.Lag, .99),
            depths?.Values.Sum(),
            cpu,
            memory,
            redisMemory);
        _moments.Add(moment);
        progress.Show(Line(moment, depths));
    }

    private static double? Percentile(Histogram histogram, double quantile) =>
        histogram.Milliseconds(quantile) is var value && double.IsNaN(value) ? null : value;

    private static string Line(Moment moment, IReadOnlyDictionary<string, long>? depths) => string.Create(
        CultureInfo.InvariantCulture,
        $"{moment.Second + 1,4} s  offered {moment.Offered}  done {moment.Done}  errors {moment.Failed}  "
        + $"deliveries {moment.Deliveries:#,0}{Latency("read", moment.ReadP99)}{Latency("post", moment.PostP99)}"
        + $"{Latency("lag", moment.LagP99)}{Waiting(moment.Queued, depths)}  cores {Used(moment.Cpu):0.00}");

    // What did not happen in this second has no latency.
    private static string Latency(string name, double? milliseconds) => milliseconds is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  {name} p99 {milliseconds:0} ms");

    private static string Waiting(long? queued, IReadOnlyDictionary<string, long>? depths) => queued is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  queued {queued:#,0}{Deepest(depths)}");

    private static double Used(IReadOnlyDictionary<string, double> cpu) =>
        cpu.Values.Sum() - cpu.GetValueOrDefault(Processes.Others);

    private static string Deepest(IReadOnlyDictionary<string, long>? depths) =>
        depths is not null && Queues.Describe(depths) is { Length: > 0 } text ? $" ({text})" : "";

    /// <summary>Null while the broker does not answer.</summary>
    private async Task<IReadOnlyDictionary<string, long>?> Depths()
    {
        try
        {
            return queues is null ? null : await queues.Read();
        }
        catch (Exception away) when (away is OperationInterruptedException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Null while Redis does not answer.</summary>
    private async Task<long?> RedisMemory()
    {
        try
        {
            return redis is null ? null : await redis.ReadMemory();
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
