using System.Collections.Immutable;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Microblog.TestServers;

namespace Microblog.Outage;

/// <summary>
/// A whole system of its own, started by <c>infra/up</c> in a temporary folder, and stopped and wiped at the end or
/// when this process ends.
/// </summary>
public sealed class Instance : IAsyncDisposable
{
    private const int PortsPerInstance = 20;
    private const int LowestPort = 10_000;
    private const int PortSets = 450;

    private static readonly ImmutableArray<string> Services =
        ["ingest", "fan-out", "timeline", "follow-graph", "accounts"];

    /// <summary>Of these one process goes on when the other one is killed.</summary>
    private static readonly string[] Twice = ["ingest", "timeline"];

    private readonly Dictionary<string, string> _environment;
    private readonly EventHandler _stop;
    private bool _isStopped;

    private Instance(string home, int port)
    {
        Home = home;
        Origin = Local(port);
        Health =
        [
            .. Services.Select((_, i) => new Uri(Local(port + 1 + i), "/health/ready")),
            .. Twice.Select(service => new Uri(Local(port + 15 + Services.IndexOf(service)), "/health/ready")),
        ];
        _environment = new()
        {
            ["MICROBLOG_HOME"] = home,
            ["MICROBLOG_ORIGIN_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["MICROBLOG_TWICE"] = string.Join(',', Twice),
            ["MICROBLOG_SMALL_DISK"] = "512m",
            // Hashing passwords is not what is looked at.
            ["Accounts__PasswordIterations"] = "1000",
        };
        // Limits are per person, and people here are in a hurry.
        foreach (var tier in new[] { "Anonymous", "Person" })
            foreach (var bucket in new[] { "Api", "ApiPerToken", "Paging", "Media" })
                _environment[$"RateLimits__{tier}__{bucket}__Permits"] = "1000000";
        _stop = (_, _) => Stop().GetAwaiter().GetResult();
    }

    public string Home { get; }

    public Uri Origin { get; }

    /// <summary>Where each service says whether it is ready.</summary>
    public IReadOnlyList<Uri> Health { get; }

    /// <summary>Whether Postgres has a disk of its own, which may be filled.</summary>
    public bool HasSmallDisk => File.ReadLines("/proc/mounts")
        .Any(line => line.Contains($" {Home}/postgres ", StringComparison.Ordinal));

    public static async Task<Instance> Start()
    {
        var home = Path.Combine(Path.GetTempPath(), $"microblog-outage-{RandomNumberGenerator.GetHexString(8)}");
        var instance = new Instance(home, FreePort());
        AppDomain.CurrentDomain.ProcessExit += instance._stop;
        await Repository.Run("infra/up", ["--detach"], instance._environment);
        return instance;
    }

    /// <summary>Causes or heals a fault; returns when that is done.</summary>
    public Task Fault(FaultStep step) => Repository.Run("infra/fault", [step.Part, step.Action], _environment);

    /// <summary>A connection string or URI from what <c>infra/up</c> wrote about its servers.</summary>
    public string Server(string name) => File.ReadLines(Path.Combine(Home, "servers.env"))
        .Select(line => line.Split('=', 2))
        .Single(setting => setting[0] == name)[1]
        .Trim('\'');

    /// <summary>Copies what the services and servers have logged, for whoever wants to know why.</summary>
    public void KeepLogs(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var log in Directory.EnumerateFiles(Path.Combine(Home, "log")))
            File.Copy(log, Path.Combine(folder, Path.GetFileName(log)), overwrite: true);
    }

    /// <summary>What the operator's tool says about all that is kept in two places.</summary>
    public async Task<string> Differences()
    {
        try
        {
            return await Repository.Run("infra/admin", ["check"], _environment);
        }
        catch (ProgramFailedException differences)
        {
            return differences.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _stop;
        await Stop();
    }

    private async Task Stop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await Repository.Run("infra/down", ["--wipe"], _environment);
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private static int FreePort()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        var taken = listeners.Select(end => end.Port).ToHashSet();
        while (true)
        {
            var port = LowestPort + (RandomNumberGenerator.GetInt32(PortSets) * PortsPerInstance);
            if (!Enumerable.Range(port, PortsPerInstance).Any(taken.Contains))
                return port;
        }
    }
}
