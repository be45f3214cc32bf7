using System.Globalization;

namespace Microblog.Outage;

/// <summary>The rows as text, one line each.</summary>
public static class Table
{
    private static readonly string[] Titles =
    [
        "fault", "seconds", "writes", "accepted", "refused", "at once", "standby", "reads", "p99 ms", "recovery",
        "lost", "duplicated", "ghosts",
    ];

    private static readonly int[] Widths = [32, 7, 6, 8, 7, 8, 7, 7, 7, 8, 4, 10, 6];

    public static string Head { get; } = Line(Titles);

    public static string Of(Row row) => Line(
    [
        row.Fault.Name,
        Seconds(row.Down),
        Number(row.Writes.Count),
        Number(row.Accepted),
        Number(row.Refused),
        Share(row.AcceptedAtOnce, row.Writes.Count),
        Share(row.Writes.Count(write => write.First!.Standby is not null), row.Writes.Count),
        Share(row.Reads.Count(read => read.Status == 200), row.Reads.Count),
        Number((int)row.SlowestWhileDown.TotalMilliseconds),
        row.Recovery is { } recovery ? Seconds(recovery) : "never",
        Number(row.Count(Harm.Lost)),
        Number(row.Count(Harm.Duplicated)),
        Number(row.Count(Harm.Ghost)),
    ]);

    private static string Line(IEnumerable<string> cells) =>
        string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(Widths[i]) : cell.PadLeft(Widths[i])));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    // Rounded down: what is not all must not look like it.
    private static string Share(int part, int whole) => whole == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000.0 * part / whole) / 10:0.0} %");
}
