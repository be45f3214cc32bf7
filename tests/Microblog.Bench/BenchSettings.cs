using Microblog.LoadTest;

namespace Microblog.Bench;

/// <param name="Goals">Ids of the goals to measure, as G3.</param>
/// <param name="BlockLength">Of one block of a contestant.</param>
/// <param name="Rounds">In which every contestant has one block.</param>
public sealed record BenchSettings(IReadOnlyList<string> Goals, TimeSpan BlockLength, int Rounds)
{
    /// <exception cref="CommandLineException">Something is asked for that there is not.</exception>
    public static BenchSettings From(CommandLine line, IReadOnlyList<string> known)
    {
        var settings = new BenchSettings(
            [.. line.Operands.Select(goal => goal.ToUpperInvariant()).Distinct()],
            TimeSpan.FromSeconds(line.Number("--seconds-per-block", 2.5, 0.2, 600)),
            line.Count("--rounds", 5, 1, 1_000));
        line.RefuseUnknown();
        if (settings.Goals.FirstOrDefault(goal => !known.Contains(goal)) is { } unknown)
            throw new CommandLineException(
                $"There is no goal {unknown}: {string.Join(" ", known.OrderBy(id => id.Length).ThenBy(id => id))}");
        return settings.Goals.Count > 0 ? settings : settings with { Goals = known };
    }
}
