using System.Globalization;
using System.Text;

namespace Microblog.Bench.Reporting;

/// <summary>Figures as people read them.</summary>
public static class FigureTable
{
    /// <summary>For a terminal: a line for each, and the notes of what was missed.</summary>
    public static string Of(IReadOnlyCollection<Figure> figures)
    {
        var text = new StringBuilder().AppendLine();
        foreach (var figure in figures)
            text.AppendLine(Line(figure));
        foreach (var figure in figures.Where(figure => figure.Verdict == Verdict.Missed && figure.Note.Length > 0))
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{figure.Id}: {figure.Note}");
        return text.ToString();
    }

    public static string Line(Figure figure)
    {
        var (value, spread, floor, target) = Cells(figure);
        return $"{figure.Id,-5}{figure.What,-66} {value,9} {spread,-18} floor {floor,-9} target {target,-9} "
            + Words(figure.Verdict);
    }

    public static (string Value, string Spread, string Floor, string Target) Cells(Figure figure)
    {
        var sign = figure.Bounds.IsMost ? "≤ " : "≥ ";
        var spread = figure.Spread;
        return (
            Number(spread.Median, figure.Unit),
            $"({Number(spread.Low, "")}–{Number(spread.High, "")})",
            sign + Number(figure.Bounds.Floor, ""),
            sign + Number(figure.Bounds.Target, ""));
    }

    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.MetTarget => "met target",
        Verdict.MetFloor => "met floor",
        Verdict.Missed => "missed",
        _ => throw new InvalidOperationException($"Nobody knows what {verdict} is called."),
    };

    /// <summary>Three digits, more only in front of the point.</summary>
    public static string Number(double value, string unit)
    {
        var digits = Math.Abs(value) switch
        {
            >= 100 => "#,0",
            >= 10 => "0.0",
            // R² is told apart behind the nines.
            >= 0.98 and < 1 => "0.0000",
            _ => "0.00",
        };
        var text = value.ToString(digits, CultureInfo.InvariantCulture);
        return unit.Length == 0 ? text : $"{text} {unit}";
    }
}
