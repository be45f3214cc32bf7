namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>
/// Calls permitted in each window; windows are aligned to the Unix epoch, the same for all processes.
/// </summary>
internal sealed record Limit(int Permits, TimeSpan Window)
{
    public long WindowIndex(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Window.TotalSeconds;

    /// <summary>Always later than <paramref name="now"/>.</summary>
    public DateTimeOffset WindowEnd(DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeSeconds((WindowIndex(now) + 1) * (long)Window.TotalSeconds);
}
