using Microblog.Bench.Systems;

namespace Microblog.Bench.Writing;

/// <summary>What came of posting for a while.</summary>
/// <param name="Refused">Told when to come again.</param>
/// <param name="Failed">Neither accepted nor told what to do.</param>
/// <param name="Offered">How long posts were sent, until the last answer.</param>
/// <param name="Newest">Some of the posts accepted last, and who wrote them.</param>
internal sealed record PostingResult(
    int Accepted,
    int Refused,
    int Failed,
    TimeSpan Offered,
    IReadOnlyCollection<(long PostId, Author Author)> Newest)
{
    public double AcceptedPerSecond => Accepted / Offered.TotalSeconds;

    /// <summary>Posts a second that were accepted, counted until all were delivered: a backlog is a debt.</summary>
    /// <param name="debt">From the last answer until everything was where it belongs.</param>
    public double Goodput(TimeSpan debt) => Accepted / (Offered + debt).TotalSeconds;
}
