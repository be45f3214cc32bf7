using System.Globalization;

namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>One counter: a limit for one subject (an account, a token, an address).</summary>
internal sealed record LimitKey(string Bucket, string Subject, Limit Limit)
{
    /// <summary>
    /// The Redis key of the window that <paramref name="now"/> lies in: a number that expires with the window.
    /// </summary>
    public string At(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"rate-limit:{Bucket}:{Subject}:{Limit.WindowIndex(now)}");

    public LimitState State(long count, DateTimeOffset now) => new(
        Limit.Permits,
        (int)Math.Max(0, Limit.Permits - count),
        Limit.WindowEnd(now),
        IsExceeded: count > Limit.Permits);
}
