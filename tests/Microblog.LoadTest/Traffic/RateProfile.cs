namespace Microblog.LoadTest.Traffic;

/// <summary>How the rate of arrivals changes over a run, as a factor of the rate asked for.</summary>
public sealed class RateProfile
{
    private const double BurstPeriodSeconds = 10;
    private const double BurstSeconds = 2;
    private const double BurstFactor = 3;
    private const double EventFactor = 1.5;

    private readonly Func<double, double, double> _factor;

    private RateProfile(string name, double factorMax, Func<double, double, double> factor)
    {
        Name = name;
        FactorMax = factorMax;
        _factor = factor;
    }

    /// <summary>Always the same.</summary>
    public static RateProfile Steady { get; } = new("steady", 1, (_, _) => 1);

    /// <summary>From a twentieth to all of it, in a straight line.</summary>
    public static RateProfile Ramp { get; } = new("ramp", 1, (seconds, length) => .05 + (.95 * seconds / length));

    /// <summary>Two of ten seconds three times as much, so little in between that the mean is right.</summary>
    public static RateProfile Burst { get; } = new("burst", BurstFactor, (seconds, _) =>
        seconds % BurstPeriodSeconds < BurstSeconds
            ? BurstFactor
            : (BurstPeriodSeconds - (BurstSeconds * BurstFactor)) / (BurstPeriodSeconds - BurstSeconds));

    /// <summary>In the middle third half as much again, and famous people reply to each other.</summary>
    public static RateProfile Event { get; } =
        new("event", EventFactor, (seconds, length) => IsMiddle(seconds, length) ? EventFactor : 1);

    public static IReadOnlyList<RateProfile> All { get; } = [Steady, Ramp, Burst, Event];

    public string Name { get; }

    public double FactorMax { get; }

    public static RateProfile Of(string name) => All.SingleOrDefault(profile => profile.Name == name)
        ?? throw new CommandLineException($"--profile is one of {string.Join(", ", All.Select(p => p.Name))}.");

    public double FactorAt(TimeSpan since, TimeSpan length) => _factor(since.TotalSeconds, length.TotalSeconds);

    /// <summary>Whether famous people are replying to each other just now.</summary>
    public bool IsEventAt(TimeSpan since, TimeSpan length) =>
        this == Event && IsMiddle(since.TotalSeconds, length.TotalSeconds);

    private static bool IsMiddle(double seconds, double length) => seconds >= length / 3 && seconds < length * 2 / 3;
}
