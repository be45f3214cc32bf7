namespace Microblog.Bench;

/// <summary>One row of the table.</summary>
/// <param name="Id">As the goals are numbered: G3a.</param>
/// <param name="What">What is compared with what, in a few words.</param>
/// <param name="Unit">Of <paramref name="Values"/>: x for a ratio, else ms, µs, B, %.</param>
/// <param name="Values">What is judged, one for each round of blocks: a ratio within the round, or the figure
/// itself.</param>
public sealed record Figure(string Id, string What, string Unit, Bounds Bounds, IReadOnlyList<double> Values)
{
    /// <summary>What a ratio is made of: "412 k/s ÷ 701 k/s". Empty where there is no peer.</summary>
    public string Measured { get; init; } = "";

    /// <summary>Where the time goes, or how it was measured; for people.</summary>
    public string Note { get; init; } = "";

    public Spread Spread => Spread.Of(Values);

    public Verdict Verdict => Bounds.Judge(Spread.Median);
}
