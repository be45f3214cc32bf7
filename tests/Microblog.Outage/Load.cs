namespace Microblog.Outage;

/// <summary>What came of one load.</summary>
/// <param name="Answers">To every request.</param>
/// <param name="Offered">How long requests were sent.</param>
/// <param name="Whole">From the first request until everything that was accepted had been delivered and stored.</param>
/// <param name="Lack">The fact of good health that did not hold even then; null when all did.</param>
public sealed record Load(IReadOnlyList<Answer> Answers, TimeSpan Offered, TimeSpan Whole, string? Lack)
{
    /// <summary>From the last answer until everything was well.</summary>
    public TimeSpan Recovery => Whole - Offered;

    public int Accepted => Answers.Count(answer => answer.IsOk);

    /// <summary>Those who were told when to come again.</summary>
    public int Refused => Answers.Count(answer => answer.IsRefusal);

    /// <summary>Neither accepted nor told what to do: errors, and requests that were not answered at all.</summary>
    public int Failed => Answers.Count - Accepted - Refused;

    /// <summary>Requests a second that were accepted, counted over the whole time: a backlog is a debt.</summary>
    public double Goodput => Accepted / Whole.TotalSeconds;

    /// <summary>The 99th percentile of the answers that were good for something.</summary>
    public TimeSpan SlowestAccepted
    {
        get
        {
            var sorted = Answers.Where(answer => answer.IsOk).Select(answer => answer.Took).Order().ToArray();
            return sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)(sorted.Length * 0.99)];
        }
    }
}
