using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Microblog.TestServers;

namespace Microblog.EndToEnd.Tests;

/// <summary>
/// The composed system, started by <c>infra/up --detach</c> in a folder of its own on ports of its own, and stopped and
/// wiped when the process ends. Tests speak to it over HTTP only.
/// </summary>
public sealed class RunningSystem
{
    private const int PortsPerSystem = 20;
    private const int LowestPort = 10_000;
    private const int PortSets = 450;

    private static readonly Lazy<Task<RunningSystem>> Shared = new(() => Start(new Dictionary<string, string>()));

    private static readonly string[] Tiers = ["Anonymous", "Person"];
    private static readonly string[] Buckets = ["Api", "ApiPerToken", "Paging", "Media"];

    private readonly Dictionary<string, string> _environment;

    private RunningSystem(string home, int port, IReadOnlyDictionary<string, string> settings)
    {
        Home = home;
        Origin = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _environment = new Dictionary<string, string>(settings)
        {
            ["MICROBLOG_HOME"] = home,
            ["MICROBLOG_ORIGIN_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            // Hashing passwords is not what is looked at.
            ["Accounts__PasswordIterations"] = "1000",
        };
        Http = new() { BaseAddress = Origin };
        WithoutRedirection = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Origin };

        // Waiting on facts asks more often than a person does; the headers are there all the same.
        foreach (var (tier, bucket) in from tier in Tiers from bucket in Buckets select (tier, bucket))
            _environment[$"RateLimits__{tier}__{bucket}__Permits"] = "1000000";
    }

    public string Home { get; }

    public Uri Origin { get; }

    /// <summary>Nobody's client: it carries no token.</summary>
    public HttpClient Http { get; }

    /// <summary>The same, but it shows where it would be sent to.</summary>
    public HttpClient WithoutRedirection { get; }

    /// <summary>One system for all tests that leave it running.</summary>
    public static Task<RunningSystem> Get() => Shared.Value;

    /// <summary>Starts a system of its own, with more settings for its services.</summary>
    public static async Task<RunningSystem> Start(IReadOnlyDictionary<string, string> settings)
    {
        var home = Path.Combine(Path.GetTempPath(), $"microblog-e2e-{RandomNumberGenerator.GetHexString(8)}");
        var system = new RunningSystem(home, FreePort(), settings);
        system.StopWithThisProcess();
        await system.Up();
        return system;
    }

    /// <summary>Starts what is not running.</summary>
    public Task Up() => Repository.Run("infra/up", ["--detach"], _environment);

    public Task<string> Status() => Run("infra/status");

    /// <summary>Runs one of the scripts for this system, and returns what it printed.</summary>
    public Task<string> Run(string program, params string[] arguments) =>
        Repository.Run(program, arguments, _environment);

    /// <summary>Kills one part the hard way.</summary>
    public async Task Kill(string part)
    {
        // The file also holds when the process started, so that nothing else is ever taken for it.
        var record = await File.ReadAllTextAsync(PidFile(part));
        var pid = int.Parse(record.Split(' ')[0], CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Everything the services wrote to their logs so far.</summary>
    public string Logs() =>
        string.Join('\n', Directory.EnumerateFiles(Path.Combine(Home, "log")).Select(File.ReadAllText));

    /// <summary>A new person with a fresh name, logged in.</summary>
    public Task<Person> NewPerson(string name) => Person.SignUp(this, name);

    /// <summary>A connection string from what <c>infra/up</c> wrote about its private servers.</summary>
    public string Server(string name) => File.ReadLines(Path.Combine(Home, "servers.env"))
        .Select(line => line.Split('=', 2))
        .Single(setting => setting[0] == name)[1]
        .Trim('\'');

    private string PidFile(string part) => Path.Combine(Home, $"{part}.pid");

    // Outside this process, because nothing in it is sure to run when the test runner ends it.
    private void StopWithThisProcess()
    {
        const string Watch =
            "exec >/dev/null 2>&1 </dev/null; while kill -0 $0; do sleep 1; done; exec \"$1\" --wipe";
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var down = Path.Combine(Repository.Root, "infra/down");
        var start = new ProcessStartInfo("setsid", ["--fork", "bash", "-c", Watch, own, down]);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var watch = Process.Start(start);
        watch?.WaitForExit();
    }

    private static int FreePort()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        var taken = listeners.Select(end => end.Port).ToHashSet();
        while (true)
        {
            var port = LowestPort + (RandomNumberGenerator.GetInt32(PortSets) * PortsPerSystem);
            if (!Enumerable.Range(port, PortsPerSystem).Any(taken.Contains))
                return port;
        }
    }
}
