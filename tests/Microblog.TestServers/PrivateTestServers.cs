using System.Globalization;
using System.Security.Cryptography;

namespace Microblog.TestServers;

/// <summary>
/// Servers in a temporary folder, deleted when this process ends in whatever way. Postgres and RabbitMQ are taken from
/// the environment where <c>infra/test</c> has started them once for all test projects; Redis never is, because only
/// its database 0 may be used and projects run side by side.
/// </summary>
internal sealed class PrivateTestServers : ITestServers
{
    private const int AttemptsMax = 5;

    // Below the ports that systems hand out themselves, and in steps of the five that one set needs.
    private const int LowestPort = 20_000;
    private const int PortSets = 2_400;
    private const int PortsPerSet = 5;

    private static readonly Dictionary<string, string> FastSettings = new() { ["MICROBLOG_SERVERS_FAST"] = "1" };

    private readonly string _home;
    private readonly string _brokerHome;

    private PrivateTestServers(string home, string brokerHome, IReadOnlyDictionary<string, string> settings)
    {
        (_home, _brokerHome) = (home, brokerHome);
        (Postgres, Redis) = (settings["MICROBLOG_POSTGRES"], settings["MICROBLOG_REDIS"]);
        RabbitMq = new(settings["MICROBLOG_RABBITMQ"]);
    }

    public string Postgres { get; }

    public string Redis { get; }

    public Uri RabbitMq { get; }

    /// <summary>Starts what the environment does not give.</summary>
    public static async Task<ITestServers> Start()
    {
        var home = Path.Combine(Path.GetTempPath(), $"microblog-tests-{RandomNumberGenerator.GetHexString(8)}");
        var given = Environment.GetEnvironmentVariable("MICROBLOG_TEST_SERVERS");

        var own = await StartIn(home, given is null ? [] : ["--only", "redis"]);
        if (given is null)
            return new PrivateTestServers(home, home, own);

        var shared = ReadSettings(given);
        shared["MICROBLOG_REDIS"] = own["MICROBLOG_REDIS"];
        return new PrivateTestServers(home, given, shared);
    }

    /// <summary>Starts these servers whatever the environment gives.</summary>
    public static async Task<PrivateTestServers> StartOnly(IReadOnlyList<string> parts)
    {
        var home = Path.Combine(Path.GetTempPath(), $"microblog-tests-{RandomNumberGenerator.GetHexString(8)}");
        return new(home, home, await StartIn(home, ["--only", string.Join(',', parts)]));
    }

    /// <summary>Starts a server again that was stopped.</summary>
    public async Task Start(string part) => await Repository.Run(
        "infra/servers",
        ["start", _home, (await File.ReadAllTextAsync(Path.Combine(_home, "ports"))).Trim(), "--only", part],
        FastSettings);

    /// <summary>The id of a server's process.</summary>
    public int ProcessOf(string part) => int.Parse(
        File.ReadAllText(Path.Combine(_home, $"{part}.pid")).Split(' ')[0],
        CultureInfo.InvariantCulture);

    public Task AddVirtualHost(string name) =>
        Repository.Run("infra/servers", ["virtual-host", _brokerHome, "add", name]);

    public Task DeleteVirtualHost(string name) =>
        Repository.Run("infra/servers", ["virtual-host", _brokerHome, "delete", name]);

    public async ValueTask DisposeAsync() => await Repository.Run("infra/servers", ["stop", _home, "--wipe"]);

    private static async Task<Dictionary<string, string>> StartIn(string home, IReadOnlyList<string> which)
    {
        for (var attempt = 1; attempt < AttemptsMax; attempt++)
        {
            try
            {
                return await StartOnRandomPorts(home, which);
            }
            catch (ProgramFailedException)
            {
                // Most likely a port was taken; the last attempt, below, says what it was.
                await Repository.Run("infra/servers", ["stop", home, "--wipe"]);
            }
        }

        return await StartOnRandomPorts(home, which);
    }

    private static async Task<Dictionary<string, string>> StartOnRandomPorts(
        string home, IReadOnlyList<string> which)
    {
        var port = LowestPort + (RandomNumberGenerator.GetInt32(PortSets) * PortsPerSet);
        await Repository.Run(
            "infra/servers",
            ["start", home, $"{port}", .. which, "--watch", $"{Environment.ProcessId}", "--wipe"],
            FastSettings);
        return ReadSettings(home);
    }

    private static Dictionary<string, string> ReadSettings(string home) =>
        File.ReadLines(Path.Combine(home, "servers.env"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(setting => setting[0], setting => setting[1].Trim('\''));
}
