using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microblog.LoadTest;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;
using Microblog.TestServers;

namespace Microblog.Bench.Systems;

/// <summary>
/// A whole system of its own, started by <c>infra/up</c> in a temporary folder on free ports; stopped and wiped at the
/// end, or when this process ends.
/// </summary>
public sealed class BenchSystem : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment;
    private readonly Progress _progress;
    private readonly EventHandler _stop;
    private RedisServer? _redis;
    private CrowdedWorld? _crowd;
    private long _startedAt;
    private bool _isStopped;

    private BenchSystem(string home, int port, Progress progress)
    {
        _progress = progress;
        Home = home;
        Origin = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        Api = new(Origin);
        _environment = new()
        {
            ["MICROBLOG_HOME"] = home,
            ["MICROBLOG_ORIGIN_PORT"] = port.ToString(CultureInfo.InvariantCulture),
        };
        // The limits are counted as ever, but nobody reaches them.
        foreach (var bucket in new[] { "Api", "ApiPerToken", "Paging", "Posts", "Deletes", "Follows" })
            _environment[$"RateLimits__Operator__{bucket}__Permits"] = "1000000000";
        _stop = (_, _) => Stop().GetAwaiter().GetResult();
    }

    public string Home { get; }

    public Uri Origin { get; }

    public Api Api { get; }

    /// <summary>How long its services have been running.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    public RedisServer Redis => _redis ?? throw new InvalidOperationException("The system has not started.");

    public Engines Engines => new(
        Home,
        Server("MICROBLOG_POSTGRES"),
        Server("MICROBLOG_REDIS"),
        Server("MICROBLOG_RABBITMQ"),
        Path.Combine(Home, "keys"));

    /// <param name="settings">Of the services, over those of every bench.</param>
    public static async Task<BenchSystem> Start(
        IReadOnlyDictionary<string, string> settings, Progress progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress.Say("A system of its own starts");
        var home = Path.Combine(Path.GetTempPath(), $"microblog-bench-{RandomNumberGenerator.GetHexString(8)}");
        var system = new BenchSystem(home, FreePorts.Find(), progress);
        foreach (var (name, value) in settings)
            system._environment[name] = value;
        AppDomain.CurrentDomain.ProcessExit += system._stop;
        try
        {
            await Repository.Run("infra/up", ["--detach"], system._environment);
            system._startedAt = Stopwatch.GetTimestamp();
            system._redis = await RedisServer.Connect(system.Server("MICROBLOG_REDIS"));
        }
        catch (ProgramFailedException)
        {
            await system.DisposeAsync();
            throw;
        }

        return system;
    }

    /// <summary>The world that most goals share: made when first asked for.</summary>
    public async Task<CrowdedWorld> Crowd(CancellationToken cancellationToken) =>
        _crowd ??= await CrowdedWorld.Make(this, _progress, cancellationToken);

    /// <summary>Further people, who follow each other as the graph says.</summary>
    public Task<World> Make(FollowGraph graph, CancellationToken cancellationToken) =>
        new BulkWorld(Engines, TimeProvider.System, _progress).Make(
            new(graph.PeopleCount, (double)graph.FollowsCount / graph.PeopleCount, 0, 0, Graph: null),
            graph,
            cancellationToken);

    /// <summary>Seconds of CPU since its start, by part; without this process and what else the machine does.</summary>
    public IReadOnlyDictionary<string, double> ReadCpu() => new Processes(Home).Read()
        .Where(part => part.Key is not (Processes.Self or Processes.Others))
        .ToDictionary(part => part.Key, part => part.Value.CpuSeconds);

    /// <summary>Causes or heals a fault, as <c>infra/fault PART ACTION</c>; returns when that is done.</summary>
    public Task Fault(string part, string action) => Repository.Run("infra/fault", [part, action], _environment);

    /// <summary>Runs <c>infra/servers ACTION HOME …</c> on the engines of this system.</summary>
    public Task<string> Servers(string action, params string[] arguments) =>
        Repository.Run("infra/servers", [action, Home, .. arguments], _environment);

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _stop;
        Api.Dispose();
        _redis?.Dispose();
        await Stop();
    }

    private string Server(string name) => File.ReadLines(Path.Combine(Home, "servers.env"))
        .Select(line => line.Split('=', 2))
        .Single(setting => setting[0] == name)[1]
        .Trim('\'');

    private async Task Stop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await Repository.Run("infra/down", ["--wipe"], _environment);
    }
}
