using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.Bench.Peers;

/// <summary>
/// P5: the least that a service over HTTP and Redis can do, an endpoint with one LRANGE and nothing around it. It runs
/// in a process of its own, as what it is compared with does, and ends with the one that started it.
/// </summary>
internal sealed class BareReads : IDisposable
{
    /// <summary>The argument with which this program becomes the peer.</summary>
    public const string Command = "serve-bare-reads";

    private const string RedisSetting = "BENCH_REDIS";
    private const string Ready = "ready";
    private const int WorkerThreads = 16;

    private readonly Process _process;

    private BareReads(Process process, Uri origin)
    {
        (_process, Origin) = (process, origin);
    }

    public Uri Origin { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<BareReads> Start(int port, string redis, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(BareReads).Assembly.Location);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        start.Environment[RedisSetting] = redis;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The peer does not start.");
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == Ready)
                return new(process, new($"http://127.0.0.1:{port}"));
        }

        throw new InvalidOperationException("The peer ended before it was ready.");
    }

    /// <summary>Is the peer until the standard input ends.</summary>
    public static async Task Serve(string port)
    {
        // With as few as there are cores the client gives its connection up when it is not heard for a moment.
        ThreadPool.SetMinThreads(WorkerThreads, WorkerThreads);
        var connection = await ConnectionMultiplexer.ConnectAsync(
            Environment.GetEnvironmentVariable(RedisSetting)
            ?? throw new InvalidOperationException($"{RedisSetting} is not set."));
        IConnectionMultiplexer settings = connection;
        settings.PreserveAsyncOrder = false;
        var redis = connection.GetDatabase();

        var builder = WebApplication.CreateSlimBuilder();
        // Nobody reads what it prints once it is ready. Whoever asks counts what failed: the client library gives its
        // connection up now and then.
        builder.Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Critical)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/{key}", async (string key) => string.Join(',', await redis.ListRangeAsync(key, -20, -1)));
        await app.StartAsync();
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nobody says anything; the end is what is waited for.
        }

        await app.StopAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
