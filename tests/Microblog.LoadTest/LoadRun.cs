using System.Diagnostics;
using System.Globalization;
using Microblog.LoadTest.Checking;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest;

/// <summary>One load on one world: warm-up, load, drain, check.</summary>
public sealed class LoadRun(
    LoadOptions options, World world, Api api, Instruments instruments, Progress progress, TimeProvider clock)
{
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(100);

    public async Task<LoadReport> Run(TrafficOptions traffic, CancellationToken interrupted)
    {
        var readers = SampledReaders.Draw(world.Graph, options.Readers, traffic.Seed + traffic.Shard);
        var (journal, recorder) = (new Journal(world.Graph), new Recorder());
        var watch = new LagWatch(instruments.Probe(api), world, recorder, clock);
        var crowd = new Crowd(world, traffic, api, journal, recorder, watch, readers.ToHashSet())
        {
            OffersStreams = await OffersStreams(),
        };
        var checks = new SampledReaders(world, readers, api, journal, clock);

        progress.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{traffic.Rate:0.#} operations/s, {traffic.Profile}, for {traffic.Length.TotalSeconds:0} s; "
            + $"{crowd.Activity.FanOutMean:0.0} followers per post are to be expected."));
        try
        {
            return await Run(traffic, crowd, journal, recorder, checks, interrupted);
        }
        finally
        {
            await crowd.TakeFollowsBack(CancellationToken.None);
        }
    }

    private async Task<LoadReport> Run(
        TrafficOptions traffic,
        Crowd crowd,
        Journal journal,
        Recorder recorder,
        SampledReaders checks,
        CancellationToken interrupted)
    {
        var ramp = traffic with { Length = options.WarmUp, Profile = RateProfile.Ramp.Name };
        await new Driver(crowd, ramp, recorder, clock).Run(interrupted);
        recorder.Forget();

        var observer = new Observer(
            recorder, new(instruments.Engines.Home), instruments.Queues, instruments.Redis, progress);
        var startedAt = clock.GetUtcNow();
        var seconds = await Load(new(crowd, traffic, recorder, clock), observer, checks, interrupted);
        var drainSeconds = await Drain(interrupted);
        var check = await checks.CheckAll(options.Patience, progress, interrupted);
        var storage = instruments.Storage is { } survey && !interrupted.IsCancellationRequested
            ? await survey.Look(world, [.. journal.Posts.Select(post => post.Id)])
            : null;
        return Report(startedAt, seconds, drainSeconds, traffic, crowd, recorder, observer) with
        {
            Check = check,
            Storage = storage,
            GivenUpMessages = instruments.Queues is null ? null : await instruments.Queues.ReadFailed(),
            Notes = [.. Notes(crowd, recorder, drainSeconds, interrupted)],
        };
    }

    private static async Task<double> Load(
        Driver driver, Observer observer, SampledReaders checks, CancellationToken interrupted)
    {
        using var over = new CancellationTokenSource();
        var start = Stopwatch.GetTimestamp();
        var watching = observer.Watch(TimeProvider.System, over.Token);
        var checking = checks.WatchWhileLoaded(over.Token);
        try
        {
            await driver.Run(interrupted);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(watching, checking);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Returns how long it took until no queue held a message; 0 when nobody may look.</summary>
    private async Task<double> Drain(CancellationToken interrupted)
    {
        var start = Stopwatch.GetTimestamp();
        while (instruments.Queues is { } queues && !interrupted.IsCancellationRequested)
        {
            var depths = await queues.Read();
            var waiting = depths.Values.Sum();
            if (waiting > 0 && Stopwatch.GetElapsedTime(start) > options.Patience)
            {
                progress.Say($"Nobody waits any longer for the queues to become empty: {Queues.Describe(depths)}");
                break;
            }

            if (waiting == 0)
                break;
            progress.Show(FormattableString.Invariant($"{waiting:#,0} messages wait"));
            await Task.Delay(DrainPause, clock, CancellationToken.None);
        }

        return instruments.Queues is null ? 0 : Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<bool> OffersStreams()
    {
        var answer = await api.Send(HttpMethod.Get, "/api/v1/streaming/health", world.People[0].Token);
        return answer.IsOk;
    }

    private LoadReport Report(
        DateTimeOffset startedAt,
        double seconds,
        double drainSeconds,
        TrafficOptions traffic,
        Crowd crowd,
        Recorder recorder,
        Observer observer)
    {
        var counts = Enum.GetValues<Operation>()
            .Where(operation => recorder[operation].Done + recorder[operation].Failed > 0)
            .ToDictionary(operation => operation, operation => OperationResult.Of(recorder[operation]));
        return new(
            startedAt,
            string.Join(" ", ["infra/load", .. Environment.GetCommandLineArgs().Skip(1)]),
            Machine.Here(),
            WorldFacts.Of(world),
            traffic,
            seconds,
            crowd.Activity.FanOutMean,
            recorder.Offered,
            counts.Where(operation => operation.Key != Operation.Page).Sum(operation => operation.Value.Done),
            counts.Values.Sum(operation => operation.Errors.Values.Sum()),
            counts.ToDictionary(operation => operation.Key.ToString().ToLowerInvariant(), operation => operation.Value),
            new(
                recorder.LagFirst.Snapshot(),
                recorder.LagLast.Snapshot(),
                recorder.LagAfterAnswer.Snapshot(),
                recorder.Unseen),
            recorder.Deliveries,
            drainSeconds,
            CheckResult.Sum([]),
            observer.QueuesMax,
            GivenUpMessages: null,
            Storage: null,
            observer.Moments,
            Notes: [],
            Limit: null);
    }

    private IEnumerable<string> Notes(
        Crowd crowd, Recorder recorder, double drainSeconds, CancellationToken interrupted)
    {
        if (drainSeconds > options.Patience.TotalSeconds)
            yield return "The queues were not empty when nobody waited any longer.";
        if (interrupted.IsCancellationRequested)
            yield return "It was interrupted: here is what there was until then, and not everything was checked.";
        if (!crowd.OffersStreams)
            yield return "The origin offers no streams; whoever would have opened one read instead.";
        else
            yield return FormattableString.Invariant($"{recorder.Events:#,0} events came over streams.");
        if (instruments.Redis is null)
            yield return "Lag was measured over HTTP, and so includes a request.";
        if (instruments.Engines.Home is null)
            yield return "CPU and memory were not measured: the processes are elsewhere.";
    }
}
