using System.Diagnostics;
using System.Globalization;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;

namespace Microblog.Bench.Peers;

/// <summary>
/// P0: <c>redis-benchmark -P 16</c> pushing ids to random full lists, as many as ours, in the same Redis over the same
/// transport. Nothing that has to do more than this can be faster without saying more per command.
/// </summary>
public sealed class RedisBenchmark : IDisposable
{
    private const string Prefix = "bench:";
    private const int PipelineDepth = 16;
    private const int KeysPerPipeline = 1_000;

    // Rounds differ in their length only; this many go to find out how many pushes a second there are.
    private const int TrialPushCount = 200_000;
    private const int TrialReadCount = 20_000;

    private readonly string _settings;
    private readonly int _keyCount;
    private readonly RespClient _raw;
    private double _pushesPerSecond;

    private RedisBenchmark(string settings, int keyCount, RespClient raw)
    {
        _settings = settings;
        _keyCount = keyCount;
        _raw = raw;
    }

    /// <summary>Fills its lists.</summary>
    public static async Task<RedisBenchmark> Prepare(BenchSystem system, int keyCount)
    {
        var settings = system.Engines.Redis!;
        using var filler = await TimelineFiller.Connect(settings, TimeProvider.System);
        await filler.Fill([.. Keys(keyCount)]);
        await filler.Compact();
        return new(settings, keyCount, await RespClient.Connect(settings));
    }

    /// <summary>Pushes per second, by its own account.</summary>
    public async Task<double> Measure(TimeSpan length, CancellationToken cancellationToken)
    {
        await Trim();
        if (_pushesPerSecond == 0)
            _pushesPerSecond = await Run(TrialPushCount, Push(), cancellationToken);
        _pushesPerSecond = await Run((long)(_pushesPerSecond * length.TotalSeconds), Push(), cancellationToken);
        return _pushesPerSecond;
    }

    /// <summary>Reads per second of the newest entries of its lists, by its own account.</summary>
    /// <param name="count">Entries that one read takes; all of them when null.</param>
    public async Task<double> MeasureReads(int? count, TimeSpan length, CancellationToken cancellationToken)
    {
        string[] command = ["LRANGE", Prefix + "__rand_int__", count is { } newest ? Text(-newest) : "0", "-1"];
        var perSecond = await Run(TrialReadCount, command, cancellationToken);
        return await Run((long)(perSecond * length.TotalSeconds), command, cancellationToken);
    }

    /// <summary>Leaves none of its lists.</summary>
    public async Task Remove()
    {
        foreach (var keys in Keys(_keyCount).Chunk(KeysPerPipeline))
        {
            _raw.Add(["UNLINK", .. keys]);
            await _raw.Run();
        }
    }

    public void Dispose() => _raw.Dispose();

    // Its lists must not grow from round to round, and this is not what it is timed for.
    private async Task Trim()
    {
        var last = (-TimelineLists.EntriesMax).ToString(CultureInfo.InvariantCulture);
        foreach (var keys in Keys(_keyCount).Chunk(KeysPerPipeline))
        {
            foreach (var key in keys)
                _raw.Add("LTRIM", key, last, "-1");
            await _raw.Run();
        }
    }

    private static string[] Push() =>
        ["RPUSHX", Prefix + "__rand_int__", Text(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16)];

    private async Task<double> Run(long count, string[] command, CancellationToken cancellationToken)
    {
        var (end, password) = RespClient.Address(_settings);
        string[] arguments =
        [
            "-h", end.Host, "-p", Text(end.Port), .. password is null ? [] : new[] { "-a", password },
            "-P", Text(PipelineDepth), "-r", Text(_keyCount), "-n", Text(count), "--csv",
            .. command,
        ];
        using var process = Process.Start(new ProcessStartInfo("redis-benchmark", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var line = (await output).Split('\n').LastOrDefault(line => line.StartsWith('"'))
            ?? throw new InvalidOperationException($"redis-benchmark said nothing: {await errors}");
        // "RPUSHX …","commands per second",latencies…
        return double.Parse(line.Split("\",\"")[1].Trim('"'), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Keys(int count) =>
        Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{i:d12}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
