using System.Globalization;

namespace Microblog.LoadTest.Measuring;

/// <summary>
/// The processes of a local instance, each with its descendants, as the kernel counts them: those of the services and
/// engines, by the files in which <c>infra/up</c> notes them, and this one as <c>load</c>. What else the machine does
/// is <c>others</c>: it takes from what is measured, and must be known.
/// </summary>
public sealed class Processes(string? home)
{
    public const string Self = "load";
    public const string Others = "others";

    private const double TicksPerSecond = 100;

    // These start and stop with the instance and do no work worth a line.
    private static readonly string[] Ignored = ["log-keeper", "watch", "epmd"];

    private readonly IReadOnlyList<(string Part, int Id)> _parts = [.. Parts(home)];

    public IReadOnlyDictionary<string, ProcessUse> Read()
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(ReadProcess)
            .OfType<Process>()
            .ToArray();
        var children = all.ToLookup(process => process.Parent);
        var byId = all.ToDictionary(process => process.Id);
        var uses = new Dictionary<string, ProcessUse>();
        foreach (var part in _parts.GroupBy(part => part.Part, part => part.Id))
        {
            var processes = part.Where(byId.ContainsKey).SelectMany(id => WithDescendants(byId[id], children));
            if (processes.ToArray() is { Length: > 0 } some)
                uses[part.Key] = Sum(some);
        }

        var known = uses.Values.Sum(use => use.CpuSeconds);
        uses[Others] = new(Math.Max(0, MachineSeconds() - known), Memory: 0);
        return uses;
    }

    // user nice system idle iowait irq softirq steal: all but the fourth and fifth is time that nobody else can have.
    private static double MachineSeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Index()
            .Where(field => field.Index is >= 1 and <= 8 and not 4 and not 5)
            .Sum(field => long.Parse(field.Item, CultureInfo.InvariantCulture) / TicksPerSecond);
    }

    private static IEnumerable<(string Part, int Id)> Parts(string? home)
    {
        yield return (Self, Environment.ProcessId);
        if (home is null)
            yield break;
        foreach (var file in Directory.EnumerateFiles(home, "*.pid"))
        {
            // A service that runs twice notes its second process as NAME-2.
            var name = Path.GetFileNameWithoutExtension(file);
            var part = name.EndsWith("-2", StringComparison.Ordinal) ? name[..^2] : name;
            if (!Ignored.Contains(part))
                yield return (part, int.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<Process> WithDescendants(Process process, ILookup<int, Process> children) =>
        // Whoever starts this process is not part of it, and it is nobody's descendant but its own.
        [process, .. children[process.Id].Where(child => child.Id != Environment.ProcessId)
            .SelectMany(child => WithDescendants(child, children))];

    // Pages shared between the processes of a part are there once.
    private static ProcessUse Sum(Process[] processes) => new(
        processes.Sum(process => process.CpuSeconds),
        processes.Sum(process => process.OwnMemory) + processes.Max(process => process.SharedMemory));

    /// <summary>Null when the process has ended meanwhile.</summary>
    private static Process? ReadProcess(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var memory = File.ReadAllText($"/proc/{id}/statm").Split(' ');
            // The second field is the program's name and may contain anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // Fields 14 to 17: its own time, and that of children who have ended.
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            var (resident, shared) = (Pages(memory[1]), Pages(memory[2]));
            return new(
                int.Parse(id, CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                ticks / TicksPerSecond,
                resident - shared,
                shared);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    private static long Pages(string count) =>
        long.Parse(count, CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private sealed record Process(int Id, int Parent, double CpuSeconds, long OwnMemory, long SharedMemory);
}
