using System.Diagnostics;
using Microblog.TestServers;
using Npgsql;

namespace Microblog.Outage;

/// <summary>A system, the people who use it without a pause, and what happens to them.</summary>
public sealed class Run : IAsyncDisposable
{
    /// <summary>So long may it take after healing until everything is well again.</summary>
    public static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(90);

    /// <summary>What was in work when the queues became empty may still fail once and be done again.</summary>
    private static readonly TimeSpan SettlingMax = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Messages in one queue while people write.</summary>
    private const uint BacklogMax = 50;

    private static readonly TimeSpan LoadLength = TimeSpan.FromSeconds(15);

    /// <summary>Clients at once among which the best throughput is looked for.</summary>
    private static readonly int[] ClientsAtOnce = [16, 48, 128];

    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Instance _instance;
    private readonly Client _client;
    private readonly IReadOnlyList<Person> _people;
    private readonly int _seed;
    private readonly Following _following;
    private readonly Journal _journal;
    private readonly Traffic _traffic;
    private readonly Witness _witness;
    private readonly Recovery _recovery;
    private readonly Task _trafficTask;

    private Run(Instance instance, Client client, IReadOnlyList<Person> people, Following following, Settings settings)
    {
        (_instance, _client, _people, _following, _seed) = (instance, client, people, following, settings.Seed);
        _journal = new(settings.JournalFile);
        _traffic = new(client, people, following, _journal, new Random(settings.Seed), _clock);
        _witness = new(instance, client, people);
        _recovery = new(instance, client, people[0]);
        _trafficTask = Task.Run(() => _traffic.Run(settings.RequestsPerSecond, _end.Token));
    }

    /// <inheritdoc cref="Instance.HasSmallDisk"/>
    public bool HasSmallDisk => _instance.HasSmallDisk;

    /// <summary>Starts a system, lets people join and follow each other, and waits until it is at rest.</summary>
    public static async Task<Run> Start(Settings settings)
    {
        var instance = await Instance.Start();
        var client = new Client(instance.Origin);
        var following = new Following();
        var people = await People.Join(client);
        await People.FollowEachOther(client, people, following, TimeProvider.System);
        var run = new Run(instance, client, people, following, settings);
        if (await run.WaitUntilWell(backlogMax: 0, RecoveryMax) is { Lack: { } lack })
            throw new InvalidOperationException($"The system does not come to rest: {lack}");
        return run;
    }

    /// <summary>Causes the fault, heals it, waits until all is well, and checks what was written.</summary>
    public async Task<Row> Suffer(Fault fault, TimeSpan length)
    {
        _journal.Add(fault.Name);
        var causedAt = _clock.GetUtcNow();
        _traffic.Resume();
        foreach (var step in fault.Cause)
            await _instance.Fault(step);
        await Task.Delay(length, _clock);
        foreach (var step in fault.Heal)
            await Heal(step);
        var healedAt = _clock.GetUtcNow();
        var (recovery, lack) = await WaitUntilWell(BacklogMax, RecoveryMax);
        await _traffic.Pause();
        // It ends only with the run, or by a fault of its own.
        if (_trafficTask.IsCompleted)
            await _trafficTask;

        var findings = await Check(causedAt);
        if (findings.Count > 0)
            _journal.Add(await _instance.Differences());
        var writes = _journal.Writes.Where(write => write.StartedAt >= causedAt && !write.IsMoot).ToArray();
        var reads = _journal.Reads.Where(read => read.StartedAt >= causedAt).ToArray();
        return new(
            fault,
            healedAt - causedAt,
            writes,
            reads,
            Slowest(writes.Where(write => write.StartedAt < healedAt)),
            recovery,
            lack,
            findings);
    }

    /// <summary>Finds out what the system can bear, offers twice as much, and checks what was written.</summary>
    public async Task<OverloadRow> Overload()
    {
        _journal.Add("overload");
        var startedAt = _clock.GetUtcNow();
        var flood = new Flood(_client, _people, _journal, _seed, _clock);
        // A process that has just started is slow.
        await Bear(() => flood.Closed(ClientsAtOnce[0], LoadLength));
        var loads = new List<(int Clients, Load Load)>();
        foreach (var clients in ClientsAtOnce)
            loads.Add((clients, await Bear(() => flood.Closed(clients, LoadLength))));
        var (bestClients, best) = loads.MaxBy(tried => tried.Load.Goodput);
        var perSecond = 2 * best.Answers.Count / best.Offered.TotalSeconds;

        // Before and after: a machine that others use as well does not bear the same all the time.
        var before = await Bear(() => flood.Closed(bestClients, LoadLength));
        var twice = await Bear(() => flood.Open(perSecond, LoadLength));
        var after = await Bear(() => flood.Closed(bestClients, LoadLength));
        return new(before.Goodput > after.Goodput ? before : after, twice, await Check(startedAt));
    }

    private async Task<Load> Bear(Func<Task<IReadOnlyList<Answer>>> offer)
    {
        var watch = Stopwatch.StartNew();
        var answers = await offer();
        var offered = watch.Elapsed;
        var (_, lack) = await WaitUntilWell(backlogMax: 0, RecoveryMax);
        return new(answers, offered, watch.Elapsed, lack);
    }

    /// <summary>Checks everything that was ever answered.</summary>
    public Task<IReadOnlyList<Finding>> CheckAll() => Check(DateTimeOffset.MinValue.AddDays(1));

    /// <inheritdoc cref="Instance.KeepLogs"/>
    public void KeepLogs(string folder) => _instance.KeepLogs(folder);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _trafficTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _recovery.Dispose();
        await _witness.DisposeAsync();
        _client.Dispose();
        _journal.Dispose();
        _end.Dispose();
        await _instance.DisposeAsync();
    }

    private async Task Heal(FaultStep step)
    {
        try
        {
            await _instance.Fault(step);
        }
        catch (ProgramFailedException stuck)
        {
            // What has not come back by now is waited for, and complained about, with the rest.
            _journal.Add(stuck.Message);
        }
    }

    private async Task<IReadOnlyList<Finding>> Check(DateTimeOffset since)
    {
        await _traffic.SettleFollows();
        await WaitUntilWell(backlogMax: 0, SettlingMax);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var findings = await Findings(since);
            if (findings.Count == 0 || watch.Elapsed > SettlingMax)
                return findings;
            await Task.Delay(Pause, _clock);
        }
    }

    private async Task<IReadOnlyList<Finding>> Findings(DateTimeOffset since)
    {
        try
        {
            var evidence = await _witness.Testify(since);
            return new Checker(_journal.Writes, _following, evidence, since).Check();
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or NpgsqlException)
        {
            return [new(Harm.Lost, "everything", $"cannot be read: {unreadable.Message}")];
        }
    }

    /// <summary>How long it took; when the deadline came first, what was still amiss.</summary>
    private async Task<(TimeSpan? Took, string? Lack)> WaitUntilWell(uint backlogMax, TimeSpan deadline)
    {
        var watch = Stopwatch.StartNew();
        while (await _recovery.Lacks(backlogMax) is { } lack)
        {
            if (watch.Elapsed > deadline)
                return (null, lack);
            await Task.Delay(Pause, _clock);
        }

        return (watch.Elapsed, null);
    }

    private static TimeSpan Slowest(IEnumerable<Write> writes)
    {
        var sorted = writes.Select(write => write.First!.Took).Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)(sorted.Length * 0.99)];
    }
}
