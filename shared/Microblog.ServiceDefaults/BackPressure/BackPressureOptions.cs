using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>How much a process takes on before it tells clients to come again.</summary>
public sealed class BackPressureOptions
{
    public const string Section = "BackPressure";

    /// <summary>
    /// Requests worked on at the same time. With it everything a request holds is bounded: publishes that wait for
    /// their confirm, commands in Redis, callers of the pool of Postgres, a body of 1 MB each.
    /// </summary>
    [Range(1, 100_000)]
    public int RequestsAtOnceMax { get; set; } = 128;

    /// <summary>Requests that wait for one of those to end; the next one is answered 503.</summary>
    [Range(0, 100_000)]
    public int RequestsWaitingMax { get; set; } = 64;

    /// <summary>Connections that are open at the same time; a further one is closed at once.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 4_000;

    /// <summary>
    /// Messages in one queue from which on its service counts as behind, if they also become more: then Ingest accepts
    /// nothing new until they are fewer. Of posts that is what one busy Ingest sends in 24 s, a message each 24 ms.
    /// </summary>
    [Range(1, 100_000_000)]
    public long BacklogMessagesMax { get; set; } = 1_000;

    /// <summary>Who is refused is told to come again after up to so long, and not all at the same moment.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromSeconds(5);
}
