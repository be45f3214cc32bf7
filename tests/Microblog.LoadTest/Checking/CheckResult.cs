namespace Microblog.LoadTest.Checking;

/// <summary>What sampled readers found.</summary>
/// <param name="Readers">People whose home timelines were read.</param>
/// <param name="Expected">Posts that had to be in them, counted once for each reader.</param>
/// <param name="Missing">Of these, how many never came.</param>
/// <param name="Doubled">Posts that stood twice in what one reader read in one go.</param>
/// <param name="Disordered">Posts that stood above a newer one.</param>
/// <param name="Late">Posts that were not there ten seconds after their answer, found while the load lasted.</param>
/// <param name="PagesRead">Pages that were looked at.</param>
/// <param name="Examples">A few of the findings, in words.</param>
public sealed record CheckResult(
    int Readers,
    long Expected,
    long Missing,
    long Doubled,
    long Disordered,
    long Late,
    long PagesRead,
    IReadOnlyList<string> Examples)
{
    public bool IsClean => Missing == 0 && Doubled == 0 && Disordered == 0;

    public static CheckResult Sum(IReadOnlyList<CheckResult> results) => new(
        results.Sum(result => result.Readers),
        results.Sum(result => result.Expected),
        results.Sum(result => result.Missing),
        results.Sum(result => result.Doubled),
        results.Sum(result => result.Disordered),
        results.Sum(result => result.Late),
        results.Sum(result => result.PagesRead),
        [.. results.SelectMany(result => result.Examples).Take(SampledReaders.ExamplesMax)]);
}
