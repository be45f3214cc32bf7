using System.Globalization;

namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>A line of the table: an operation, on whose what, and the status for each caller.</summary>
/// <param name="On">What stands for the name in braces.</param>
/// <param name="Fields">What is sent along, with names in braces for what is made while the tests run.</param>
public sealed record Row(string Method, string Path, string On, IReadOnlyList<int> Statuses, string Fields)
{
    private const int ColumnsBefore = 3;

    private static readonly int CallerCount = Enum.GetValues<Caller>().Length;

    public string Operation => $"{Method} {Path}";

    /// <summary>What the test is called.</summary>
    public string Name => $"{Operation} on {On}";

    public int Status(Caller caller) => Statuses[(int)caller];

    /// <summary>Everything but comments and the line that names the columns.</summary>
    public static IReadOnlyList<Row> ReadAll(string file) =>
    [
        .. File.ReadLines(file)
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Skip(1)
            .Select(Read),
    ];

    private static Row Read(string line)
    {
        var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var statuses = cells.Skip(ColumnsBefore).Take(CallerCount);
        return new(
            cells[0],
            cells[1],
            cells[2],
            [.. statuses.Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))],
            string.Join(' ', cells.Skip(ColumnsBefore + CallerCount)));
    }
}
