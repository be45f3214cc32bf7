using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>How a service waits for Redis.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>
    /// A command is answered within this, or counts as failed: 1.2.6 has no timeout on asynchronous calls.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After so many failures in a row the connection is built anew: a hung socket never heals by itself.
    /// </summary>
    [Range(1, 1_000)]
    public int FailuresBeforeReconnect { get; set; } = 5;
}
