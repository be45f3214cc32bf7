namespace Microblog.Bench;

/// <summary>What a figure is held against.</summary>
/// <param name="Floor">On the wrong side of it, the figure is missed.</param>
/// <param name="Target">What is aimed at; no easier than the floor.</param>
/// <param name="IsMost">The figure may be at most this, rather than at least.</param>
public sealed record Bounds(double Floor, double Target, bool IsMost)
{
    public static Bounds AtLeast(double floor, double target) => new(floor, target, IsMost: false);

    public static Bounds AtMost(double floor, double target) => new(floor, target, IsMost: true);

    public Verdict Judge(double value)
    {
        if (Keeps(value, Target))
            return Verdict.MetTarget;
        return Keeps(value, Floor) ? Verdict.MetFloor : Verdict.Missed;
    }

    private bool Keeps(double value, double bound) => IsMost ? value <= bound : value >= bound;
}
