namespace Microblog.LoadTest.Planning;

/// <summary>What one part costs: cores when idle, and seconds of CPU for each piece of work.</summary>
/// <param name="Explained">The share of what varied between windows that this explains.</param>
public sealed record PartCost(
    double Idle, double Post, double Delivery, double Read, double Mark, double Explained)
{
    public static PartCost Fit(IReadOnlyList<Window> windows, string part)
    {
        var rows = windows.Select(window => window.Work.ToRow()).ToArray();
        var cores = windows.Select(window => window.Cores.GetValueOrDefault(part)).ToArray();
        var fitted = LeastSquares.Fit(rows, cores);
        return new(
            fitted[0], fitted[1], fitted[2], fitted[3], fitted[4], LeastSquares.Explained(rows, cores, fitted));
    }

    /// <summary>Cores kept busy, without what an idle process uses.</summary>
    public double Cores(Work work) =>
        (Post * work.Posts) + (Delivery * work.Deliveries) + (Read * work.Reads) + (Mark * work.Marks);
}
