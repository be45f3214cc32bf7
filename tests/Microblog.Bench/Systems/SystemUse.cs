using System.Globalization;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>What a system has used so far, or between two readings.</summary>
/// <param name="Cpu">Seconds by part.</param>
/// <param name="RedisMainThread">Seconds of the thread that executes commands.</param>
/// <param name="Pushes">RPUSHX commands that Redis executed.</param>
public sealed record SystemUse(IReadOnlyDictionary<string, double> Cpu, double RedisMainThread, long Pushes)
{
    public double AllCpu => Cpu.Values.Sum();

    public static async Task<SystemUse> Read(BenchSystem system) => new(
        system.ReadCpu(),
        await ReadMainThread(system.Redis.Database),
        await ReadPushes(system.Redis.Database));

    public SystemUse Since(SystemUse before) => new(
        Cpu.ToDictionary(part => part.Key, part => part.Value - before.Cpu.GetValueOrDefault(part.Key)),
        RedisMainThread - before.RedisMainThread,
        Pushes - before.Pushes);

    public SystemUse Plus(SystemUse other) => new(
        Cpu.ToDictionary(part => part.Key, part => part.Value + other.Cpu.GetValueOrDefault(part.Key)),
        RedisMainThread + other.RedisMainThread,
        Pushes + other.Pushes);

    /// <summary>The parts that used most, each in microseconds per piece of work.</summary>
    public string Describe(double pieces) => string.Join(
        ", ",
        Cpu.Where(part => part.Value / pieces >= 5e-9)
            .OrderByDescending(part => part.Value)
            .Select(part => (part.Key, Microseconds: part.Value / pieces * 1e6))
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Microseconds:0.00}")));

    public static async Task<double> ReadMainThread(IDatabase redis)
    {
        var lines = await Info(redis, "cpu");
        return lines.Where(line => line[0] is "used_cpu_user_main_thread" or "used_cpu_sys_main_thread")
            .Sum(line => double.Parse(line[1], CultureInfo.InvariantCulture));
    }

    // cmdstat_rpushx:calls=21,usec=…
    private static async Task<long> ReadPushes(IDatabase redis)
    {
        var lines = await Info(redis, "commandstats");
        return lines.Where(line => line[0] == "cmdstat_rpushx")
            .Sum(line => long.Parse(line[1].Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture));
    }

    private static async Task<IReadOnlyList<string[]>> Info(IDatabase redis, string section) =>
    [
        .. ((string?)await redis.ExecuteAsync("INFO", section) ?? "")
            .Split("\r\n")
            .Select(line => line.Split(':', 2))
            .Where(line => line.Length == 2),
    ];
}
