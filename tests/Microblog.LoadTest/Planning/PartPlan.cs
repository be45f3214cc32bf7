namespace Microblog.LoadTest.Planning;

/// <summary>How much one part needs at the busiest time.</summary>
/// <param name="CoresLow">Nine of ten fits lie between this and <paramref name="CoresHigh"/>.</param>
/// <param name="Explained">How well the fit explains what was measured, of 1.</param>
public sealed record PartPlan(
    string Name,
    double Cores,
    double CoresLow,
    double CoresHigh,
    int Replicas,
    int ReplicasLow,
    int ReplicasHigh,
    double Explained);
