namespace Microblog.LoadTest.Planning;

/// <summary>
/// Gunther's Universal Scalability Law: X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), throughput by how much is under way at
/// once, with a share σ that waits in line and a share κ that everybody has to settle with everybody.
/// </summary>
public sealed record ScalabilityLaw(double Lambda, double Sigma, double Kappa)
{
    /// <summary>Steps that a fit needs.</summary>
    public const int StepsMin = 4;

    /// <summary>The most it can do; infinite when nothing is shared.</summary>
    public double Peak => Kappa > 0
        ? At(Math.Max(1, Math.Sqrt(Math.Max(0, 1 - Sigma) / Kappa)))
        : Sigma > 0 ? Lambda / Sigma : double.PositiveInfinity;

    /// <param name="steps">Of each rate that was tried, what was under way and what was done per second.</param>
    /// <returns>Null when there are too few steps.</returns>
    public static ScalabilityLaw? Fit(IReadOnlyList<(double Concurrency, double Throughput)> steps)
    {
        if (steps.Count < StepsMin)
            return null;
        // N / X = (1 + σ(N − 1) + κN(N − 1)) / λ is linear in 1/λ, σ/λ and κ/λ. Each row is divided by its value, so
        // that errors count by their share and the last step does not outweigh the rest.
        var rows = steps.Select(step =>
        {
            var (n, ratio) = (step.Concurrency, step.Concurrency / step.Throughput);
            return new[] { 1 / ratio, (n - 1) / ratio, n * (n - 1) / ratio };
        });
        var fitted = LeastSquares.Fit([.. rows], [.. steps.Select(_ => 1.0)]);
        return fitted[0] > 0 ? new(1 / fitted[0], fitted[1] / fitted[0], fitted[2] / fitted[0]) : null;
    }

    public double At(double n) => Lambda * n / (1 + (Sigma * (n - 1)) + (Kappa * n * (n - 1)));
}
