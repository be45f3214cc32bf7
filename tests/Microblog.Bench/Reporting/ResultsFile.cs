using System.Globalization;
using System.Text;
using Microblog.LoadTest.Reporting;
using Microblog.TestServers;

namespace Microblog.Bench.Reporting;

/// <summary><c>infra/bench-results.md</c>: the latest of every row. A run of some goals replaces their rows.</summary>
public static class ResultsFile
{
    private const string Head =
        """
        # How fast it is

        Written by `./infra/bench`, which `./infra/bench --help` explains. Each row is the median over the rounds of one
        run, with the lowest and the highest; a ratio is taken within a round, so that a noisy machine disturbs both
        sides alike.

        | | what | measured | low–high | floor | target | verdict | from | when, and on what |
        |---|---|---|---|---|---|---|---|---|
        """;

    public static string Write(IReadOnlyList<Figure> figures, string command, DateTimeOffset at)
    {
        var path = Path.Combine(Repository.Root, "infra", "bench-results.md");
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        File.WriteAllText(path, Merge(known, figures, Origin(command, at)));
        return path;
    }

    /// <param name="known">Lines of the file as it was.</param>
    /// <param name="origin">Machine, versions, date and command of the figures.</param>
    public static string Merge(IReadOnlyList<string> known, IReadOnlyList<Figure> figures, string origin)
    {
        var measured = figures.Select(figure => Goal(figure.Id)).ToHashSet();
        bool IsKept(string line) => !measured.Contains(Goal(IdOf(line)));
        var rows = known.Where(line => line.StartsWith("| G", StringComparison.Ordinal)).Where(IsKept).ToArray();
        var notes = known.Where(line => line.StartsWith("- **G", StringComparison.Ordinal)).Where(IsKept).ToArray();
        var run = known.Where(line => line.StartsWith("- Run ", StringComparison.Ordinal))
            .Where(line => rows.Any(row => row.EndsWith($"| {Number(line)} |", StringComparison.Ordinal)))
            .ToArray();
        var number = run.Select(Number).DefaultIfEmpty(0).Max() + 1;

        var text = new StringBuilder(Head).AppendLine();
        foreach (var row in rows.Concat(figures.Select(figure => Row(figure, number))).OrderBy(Order))
            text.AppendLine(row);
        text.AppendLine();
        foreach (var line in run.Append($"- Run {number}: {origin}"))
            text.AppendLine(line);
        text.AppendLine();
        foreach (var note in notes.Concat(figures.Where(figure => figure.Note.Length > 0).Select(Note)).OrderBy(Order))
            text.AppendLine(note);
        return text.ToString();
    }

    private static string Row(Figure figure, int run)
    {
        var (value, spread, floor, target) = FigureTable.Cells(figure);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {figure.Id} | {figure.What} | **{value}** | {spread.Trim('(', ')')} | {floor} | {target} "
            + $"| {FigureTable.Words(figure.Verdict)} | {figure.Measured} | {run} |");
    }

    private static string Note(Figure figure) => $"- **{figure.Id}** {figure.Note}";

    private static string Origin(string command, DateTimeOffset at)
    {
        var machine = Machine.Here();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"`{command}` on {at:yyyy-MM-dd HH:mm} UTC; {machine.Cores} cores of {machine.Processor}, "
            + $"{machine.MemoryBytes >> 30} GiB, {machine.System}, {machine.Runtime}; {EngineVersions.Here()}");
    }

    private static int Number(string runLine) =>
        int.Parse(runLine["- Run ".Length..].Split(':')[0], CultureInfo.InvariantCulture);

    /// <summary>Of a row or a note: G3a.</summary>
    private static string IdOf(string line) => line.TrimStart('|', '-', ' ', '*').Split(' ', '*')[0];

    private static string Goal(string id) => id.TrimEnd([.. Enumerable.Range('a', 26).Select(letter => (char)letter)]);

    private static (int, string) Order(string line) =>
        (int.Parse(Goal(IdOf(line))[1..], CultureInfo.InvariantCulture), IdOf(line));
}
