namespace Microblog.LoadTest.Reporting;

/// <summary>One line of a plot.</summary>
/// <param name="HasDots">Whether the points themselves are shown as well.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, bool HasDots = false);
