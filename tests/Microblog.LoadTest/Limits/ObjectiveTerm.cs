using System.Globalization;
using System.Text.RegularExpressions;

namespace Microblog.LoadTest.Limits;

/// <summary>One bound, such as <c>read.p99&lt;=50</c>.</summary>
/// <param name="Subject">What is measured.</param>
/// <param name="Quantile">Of what is a distribution; else 0.</param>
/// <param name="IsUpper">Whether the bound is from above.</param>
public sealed partial record ObjectiveTerm(string Text, string Subject, double Quantile, bool IsUpper, double Bound)
{
    /// <exception cref="CommandLineException">It is not like the examples.</exception>
    public static ObjectiveTerm Parse(string text)
    {
        var match = Form().Match(text);
        return match.Success
            ? new(
                text,
                match.Groups["subject"].Value,
                match.Groups["quantile"] is { Success: true } quantile ? Number($"0.{Digits(quantile.Value)}") : 0,
                match.Groups["sign"].Value == "<=",
                Number(match.Groups["bound"].Value))
            : throw new CommandLineException($"--objective: '{text}' is not like {Objective.Default}");
    }

    /// <summary>What could not be measured does not hold.</summary>
    public bool Holds(double value) => IsUpper ? value <= Bound : value >= Bound;

    // p99.9 is 0.999, and p5 is 0.05.
    private static string Digits(string percent) =>
        percent.Split('.') is var parts ? parts[0].PadLeft(2, '0') + string.Concat(parts.Skip(1)) : percent;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^((?<subject>read|page|post|reply|boost|favourite|follow|delete|lag)\.p(?<quantile>\d{1,2}(\.\d+)?)"
        + @"|(?<subject>errors|achieved|drain))(?<sign><=|>=)(?<bound>\d+(\.\d+)?)$")]
    private static partial Regex Form();
}
