using System.Globalization;
using System.Security.Cryptography;
using Microblog.LoadTest.Measuring;
using Microblog.TestServers;

namespace Microblog.Bench.Systems;

/// <summary>A Redis that nobody else uses, with the settings of the real one: what it holds is only ours.</summary>
public sealed class LoneRedis : IAsyncDisposable
{
    private readonly string _home;
    private readonly EventHandler _stop;
    private RedisServer? _server;

    private LoneRedis(string home)
    {
        _home = home;
        _stop = (_, _) => Stop().GetAwaiter().GetResult();
    }

    public string Settings => File.ReadLines(Path.Combine(_home, "servers.env"))
        .Select(line => line.Split('=', 2))
        .Single(setting => setting[0] == "MICROBLOG_REDIS")[1]
        .Trim('\'');

    public static async Task<LoneRedis> Start()
    {
        var home = Path.Combine(Path.GetTempPath(), $"microblog-bench-{RandomNumberGenerator.GetHexString(8)}");
        var redis = new LoneRedis(home);
        AppDomain.CurrentDomain.ProcessExit += redis._stop;
        var port = FreePorts.Find().ToString(CultureInfo.InvariantCulture);
        await Repository.Run("infra/servers", ["start", home, port, "--only", "redis"]);
        redis._server = await RedisServer.Connect(redis.Settings);
        return redis;
    }

    /// <summary>Bytes in use, without the buffers of connections and of the append-only file.</summary>
    public async Task<long> ReadMemory()
    {
        var database = _server!.Database;
        var lines = ((string?)await database.ExecuteAsync("INFO", "memory") ?? "").Split("\r\n");
        long Read(string name) => long.Parse(
            lines.Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..],
            CultureInfo.InvariantCulture);
        return Read("used_memory") - Read("mem_clients_normal") - Read("mem_aof_buffer");
    }

    /// <summary>Writes no append-only file from now on.</summary>
    public Task ForgetOnRestart() => _server!.Database.ExecuteAsync("CONFIG", "SET", "appendonly", "no");

    /// <summary>Seconds of the thread that executes commands.</summary>
    public Task<double> ReadMainThread() => SystemUse.ReadMainThread(_server!.Database);

    public Task Flush() => _server!.Database.ExecuteAsync("FLUSHALL");

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _stop;
        _server?.Dispose();
        await Stop();
    }

    private Task Stop() => Repository.Run("infra/servers", ["stop", _home, "--wipe"]);
}
