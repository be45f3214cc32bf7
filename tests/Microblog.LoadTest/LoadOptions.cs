using Microblog.LoadTest.Limits;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest;

/// <summary>Everything that a run is asked for.</summary>
/// <param name="WorldFolder">Where the world is kept.</param>
/// <param name="IsReused">Whether a kept world that fits is used again.</param>
/// <param name="Output">Folder of the report.</param>
/// <param name="Readers">People whose timelines are checked.</param>
/// <param name="WarmUp">
/// How long before anything is counted: the first requests of a process find nothing compiled and no connection open.
/// </param>
/// <param name="Patience">How long everything may take to arrive after the load.</param>
/// <param name="Objective">What a limit is searched for; null when none is.</param>
public sealed record LoadOptions(
    Uri Origin,
    Engines Engines,
    WorldSpec World,
    string WorldFolder,
    bool IsReused,
    TrafficOptions Traffic,
    string Output,
    int Readers,
    TimeSpan WarmUp,
    TimeSpan Patience,
    Objective? Objective)
{
    /// <summary>Of reports, relative to where the command is given.</summary>
    public static readonly string DefaultOutput = Path.Combine("artifacts", "load", "report");

    public static LoadOptions From(CommandLine line)
    {
        if (line.Operands.Count > 0)
            throw new CommandLineException($"What is {line.Operands[0]}?");
        var engines = Engines.From(line);
        var origin = line.Text("--origin") ?? OriginOf(engines.Home)
            ?? throw new CommandLineException(engines.Home is { } home
                ? $"No instance is in {home}: MICROBLOG_HOME={home} ./infra/up starts one there."
                : "--origin or --home is needed.");
        var isLimitSought = line.Flag("--find-limit");
        var options = new LoadOptions(
            Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new CommandLineException("--origin is like http://127.0.0.1:8080."),
            engines,
            WorldSpec.From(line),
            line.Text("--world") ?? Path.Combine("artifacts", "load", "world"),
            line.Flag("--reuse"),
            TrafficOptions.From(line),
            line.Text("--output") ?? DefaultOutput,
            line.Count("--readers", 50, 0, 10_000),
            TimeSpan.FromSeconds(line.Number("--warm-up", 5, 1, 3_600)),
            TimeSpan.FromSeconds(line.Number("--patience", 60, 1, 86_400)),
            Objective.Parse(line.Text("--objective") ?? Objective.Default));
        line.RefuseUnknown();
        return isLimitSought ? options : options with { Objective = null };
    }

    private static string? OriginOf(string? home) =>
        home is not null && Path.Combine(home, "origin") is var file && File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : null;
}
