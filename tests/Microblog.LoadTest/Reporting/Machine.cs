using System.Globalization;
using System.Runtime.InteropServices;

namespace Microblog.LoadTest.Reporting;

/// <summary>Where the load came from; for a local instance also where everything ran.</summary>
public sealed record Machine(int Cores, long MemoryBytes, string Processor, string System, string Runtime)
{
    public static Machine Here() => new(
        Environment.ProcessorCount,
        Kilobytes(Line("/proc/meminfo", "MemTotal")) * 1024,
        Line("/proc/cpuinfo", "model name"),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string Line(string path, string name) => File.ReadLines(path)
        .Select(line => line.Split(':', 2))
        .Where(words => words.Length == 2 && words[0].Trim() == name)
        .Select(words => words[1].Trim())
        .FirstOrDefault("unknown");

    private static long Kilobytes(string text) =>
        long.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var count) ? count : 0;
}
