using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Microblog.TestServers;

/// <summary>
/// Servers of one test class, which it may stop and pause without harming others. Those it does not ask for are the
/// shared ones of the process. Parts are named <c>postgres</c>, <c>redis</c> and <c>rabbitmq</c>.
/// </summary>
public sealed class OwnServers : ITestServers
{
    private readonly ITestServers _shared;
    private readonly PrivateTestServers _own;
    private readonly HashSet<string> _parts;

    private OwnServers(ITestServers shared, PrivateTestServers own, IEnumerable<string> parts)
    {
        (_shared, _own) = (shared, own);
        _parts = [.. parts];
    }

    public string Postgres => Holder("postgres").Postgres;

    public string Redis => Holder("redis").Redis;

    public Uri RabbitMq => Holder("rabbitmq").RabbitMq;

    /// <param name="parts">The servers that the test harms.</param>
    public static async Task<OwnServers> Start(params string[] parts)
    {
        var shared = await SharedServers.Get();
        return new(shared, await PrivateTestServers.StartOnly(parts), parts);
    }

    public Task AddVirtualHost(string name) => Holder("rabbitmq").AddVirtualHost(name);

    public Task DeleteVirtualHost(string name) => Holder("rabbitmq").DeleteVirtualHost(name);

    /// <summary>SIGKILL to the server and its children. What it has on disk stays.</summary>
    public async Task Kill(string part)
    {
        var server = ProcessOf(part);
        await Signal("-KILL", Family(server));
        while (Directory.Exists($"/proc/{server}"))
            await Task.Delay(TimeSpan.FromMilliseconds(5));
    }

    /// <summary>Starts the server again, with the data it had; returns when it answers.</summary>
    public Task StartAgain(string part) => _own.Start(part);

    /// <summary>SIGSTOP: its connections stay open, and nothing answers.</summary>
    public async Task Pause(string part)
    {
        // First the one that would start another child.
        var server = ProcessOf(part);
        await Signal("-STOP", [server]);
        await Signal("-STOP", Family(server));
    }

    /// <summary>SIGCONT, after <see cref="Pause"/>.</summary>
    public Task Resume(string part) => Signal("-CONT", Family(ProcessOf(part)));

    /// <summary>Redis refuses to write, as a replica does or as one that is full, until <see cref="Heal"/>.</summary>
    public Task Refuse(bool asFull) => asFull
        ? Tell("CONFIG", "SET", "maxmemory", "1")
        : Tell("REPLICAOF", "127.0.0.1", "1");

    /// <summary>Redis writes again.</summary>
    public async Task Heal()
    {
        await Tell("CONFIG", "SET", "maxmemory", "0");
        await Tell("REPLICAOF", "NO", "ONE");
    }

    /// <summary>Redis loses everything.</summary>
    public Task Flush() => Tell("FLUSHALL");

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    private ITestServers Holder(string part) => _parts.Contains(part) ? _own : _shared;

    private int ProcessOf(string part) => _parts.Contains(part)
        ? _own.ProcessOf(part)
        : throw new InvalidOperationException($"{part} is not this test's own.");

    /// <summary>The process and its children. Postgres' are sessions of their own, so no group has them all.</summary>
    private static IReadOnlyList<int> Family(int parent)
    {
        var family = new List<int> { parent };
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ParentOf(id) == parent)
                family.Add(id);
        }

        return family;
    }

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            // The name in parentheses may hold anything.
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private async Task Tell(string command, params object[] arguments)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{Redis},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }

    private static async Task Signal(string signal, IReadOnlyList<int> processes)
    {
        var ids = processes.Select(id => id.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo("kill", [signal, .. ids]) { RedirectStandardError = true };
        using var kill = Process.Start(start)!;
        await kill.WaitForExitAsync();
    }
}
