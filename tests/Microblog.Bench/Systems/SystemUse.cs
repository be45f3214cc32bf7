using System.Globalization;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>What a system has used so far, or between two readings.</summary>
/// <param name="Cpu">Seconds by part.</param>
/// <param name="RedisMainThread">Seconds of the thread that executes commands.</param>
/// <param name="Commands">What Redis executed: how often, and for how many microseconds, by command.</param>
public sealed record SystemUse(
    IReadOnlyDictionary<string, double> Cpu,
    double RedisMainThread,
    IReadOnlyDictionary<string, (long Calls, long Microseconds)> Commands)
{
    public double AllCpu => Cpu.Values.Sum();

    /// <summary>RPUSHX commands that Redis executed.</summary>
    public long Pushes => Commands.GetValueOrDefault("rpushx").Calls;

    public static async Task<SystemUse> Read(BenchSystem system) => new(
        system.ReadCpu(),
        await ReadMainThread(system.Redis.Database),
        await ReadCommands(system.Redis.Database));

    public SystemUse Since(SystemUse before) => new(
        Cpu.ToDictionary(part => part.Key, part => part.Value - before.Cpu.GetValueOrDefault(part.Key)),
        RedisMainThread - before.RedisMainThread,
        Combine(Commands, before.Commands, sign: -1));

    public SystemUse Plus(SystemUse other) => new(
        Cpu.ToDictionary(part => part.Key, part => part.Value + other.Cpu.GetValueOrDefault(part.Key)),
        RedisMainThread + other.RedisMainThread,
        Combine(Commands, other.Commands, sign: 1));

    /// <summary>The parts that used most, each in microseconds per piece of work.</summary>
    public string Describe(double pieces) => string.Join(
        ", ",
        Cpu.Where(part => part.Value / pieces >= 5e-9)
            .OrderByDescending(part => part.Value)
            .Select(part => (part.Key, Microseconds: part.Value / pieces * 1e6))
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Microseconds:0.00}")));

    /// <summary>The commands that took Redis longest, each in microseconds per piece of work.</summary>
    public string DescribeRedis(double pieces) => string.Join(
        ", ",
        Commands.OrderByDescending(command => command.Value.Microseconds)
            .Take(4)
            .Select(command => (command.Key, Share: command.Value.Microseconds / pieces))
            .Select(command => string.Create(CultureInfo.InvariantCulture, $"{command.Key} {command.Share:0.00}")));

    public static async Task<double> ReadMainThread(IDatabase redis)
    {
        var lines = await Info(redis, "cpu");
        return lines.Where(line => line[0] is "used_cpu_user_main_thread" or "used_cpu_sys_main_thread")
            .Sum(line => double.Parse(line[1], CultureInfo.InvariantCulture));
    }

    // cmdstat_rpushx:calls=21,usec=…
    private static async Task<IReadOnlyDictionary<string, (long Calls, long Microseconds)>> ReadCommands(
        IDatabase redis)
    {
        var lines = await Info(redis, "commandstats");
        return lines.ToDictionary(
            line => line[0]["cmdstat_".Length..],
            line => (Number(line[1].Split(',')[0]), Number(line[1].Split(',')[1])));

        static long Number(string setting) => long.Parse(setting.Split('=')[1], CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, (long Calls, long Microseconds)> Combine(
        IReadOnlyDictionary<string, (long Calls, long Microseconds)> one,
        IReadOnlyDictionary<string, (long Calls, long Microseconds)> other,
        int sign) => one.Keys.Union(other.Keys).ToDictionary(
            name => name,
            name => (
                one.GetValueOrDefault(name).Calls + (sign * other.GetValueOrDefault(name).Calls),
                one.GetValueOrDefault(name).Microseconds + (sign * other.GetValueOrDefault(name).Microseconds)));

    private static async Task<IReadOnlyList<string[]>> Info(IDatabase redis, string section) =>
    [
        .. ((string?)await redis.ExecuteAsync("INFO", section) ?? "")
            .Split("\r\n")
            .Select(line => line.Split(':', 2))
            .Where(line => line.Length == 2),
    ];
}
