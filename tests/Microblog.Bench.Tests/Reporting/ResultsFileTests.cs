using Microblog.Bench.Reporting;

namespace Microblog.Bench.Tests.Reporting;

public sealed class ResultsFileTests
{
    private static readonly Bounds AnyBounds = Bounds.AtLeast(1, 2);

    [Fact]
    public void A_run_of_some_goals_replaces_their_rows_and_notes()
    {
        var first = Lines(ResultsFile.Merge([], [AFigure("G2", 3), AFigure("G10a", 4)], "the first run"));

        var second = Lines(ResultsFile.Merge(first, [AFigure("G2", 5)], "the second run"));

        Assert.Equal(
            ["| G2 | what | **5.00 x** |", "| G10a | what | **4.00 x** |"],
            second.Where(line => line.StartsWith("| G", StringComparison.Ordinal))
                .Select(row => string.Join('|', row.Split('|')[..4]) + "|"));
        Assert.Equal(["- **G2** because of 5", "- **G10a** because of 4"], second.Where(IsNote));
        Assert.Equal(["- Run 1: the first run", "- Run 2: the second run"], second.Where(IsRun));
    }

    [Fact]
    public void A_run_of_which_no_row_is_left_is_forgotten()
    {
        var first = Lines(ResultsFile.Merge([], [AFigure("G2", 3)], "the first run"));

        var second = Lines(ResultsFile.Merge(first, [AFigure("G2", 5)], "the second run"));

        Assert.Equal(["- Run 1: the second run"], second.Where(IsRun));
    }

    [Fact]
    public void All_figures_of_a_goal_are_replaced_together()
    {
        var first = Lines(ResultsFile.Merge([], [AFigure("G3a", 3), AFigure("G3b", 3)], ""));

        var second = Lines(ResultsFile.Merge(first, [AFigure("G3a", 5)], ""));

        Assert.Single(second, line => line.StartsWith("| G", StringComparison.Ordinal));
    }

    private static Figure AFigure(string id, double value) =>
        new(id, "what", "x", AnyBounds, [value]) { Note = FormattableString.Invariant($"because of {value}") };

    private static string[] Lines(string text) => text.Split(Environment.NewLine);

    private static bool IsNote(string line) => line.StartsWith("- **", StringComparison.Ordinal);

    private static bool IsRun(string line) => line.StartsWith("- Run", StringComparison.Ordinal);
}
