using System.Globalization;

namespace Microblog.Fuzz;

/// <summary>What the processes of an instance take, from <c>/proc</c>.</summary>
public static class Memory
{
    private static readonly string[] Parts =
        ["ingest", "fan-out", "timeline", "follow-graph", "accounts", "redis", "rabbitmq", "gateway"];

    /// <summary>Megabytes in memory, by part. A process that was started again in between shows as less.</summary>
    public static IReadOnlyDictionary<string, double> Of(string home) => Parts
        .Where(part => File.Exists(Path.Combine(home, $"{part}.pid")))
        .ToDictionary(part => part, part => Resident(File.ReadAllText(Path.Combine(home, $"{part}.pid"))));

    private static double Resident(string record)
    {
        var line = File.ReadLines($"/proc/{record.Split(' ')[0].Trim()}/status")
            .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1_024;
    }
}
