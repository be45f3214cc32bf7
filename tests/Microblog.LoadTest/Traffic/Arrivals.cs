namespace Microblog.LoadTest.Traffic;

/// <summary>
/// When the next thing happens: a Poisson process, whose rate may change over time. Nothing that the system does moves
/// an arrival, so that nothing it does slowly makes it look better.
/// </summary>
public static class Arrivals
{
    /// <param name="rate">Arrivals per second at the factor 1.</param>
    /// <returns>Offsets from the start, ascending, until <paramref name="length"/>.</returns>
    public static IEnumerable<TimeSpan> Draw(double rate, RateProfile profile, TimeSpan length, Random random)
    {
        var seconds = 0.0;
        var rateMax = rate * profile.FactorMax;
        while (true)
        {
            seconds -= Math.Log(1 - random.NextDouble()) / rateMax;
            if (seconds >= length.TotalSeconds)
                yield break;

            // Thinning: of arrivals at the highest rate as many are kept as the rate at that time wants.
            var at = TimeSpan.FromSeconds(seconds);
            if (random.NextDouble() * profile.FactorMax < profile.FactorAt(at, length))
                yield return at;
        }
    }
}
