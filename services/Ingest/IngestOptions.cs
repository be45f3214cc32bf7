using System.ComponentModel.DataAnnotations;

namespace Microblog.Ingest;

/// <summary>What an operator may change about accepting posts.</summary>
internal sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>
    /// How long a repeated request is recognised and answered with what the first one made. Timeline keeps two posts
    /// with one key apart only if an hour lies between them, so that this may be shorter, not longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan IdempotencyKeyLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Writes that the spool holds while the broker is away; then writing is answered 503. A post takes about a
    /// kilobyte of Redis' memory.
    /// </summary>
    [Range(1, 100_000_000)]
    public long SpoolMax { get; set; } = 1_000_000;

    /// <summary>
    /// Idempotency keys that each process remembers for when Redis is away, the latest ones; about 200 bytes each.
    /// </summary>
    [Range(1, 10_000_000)]
    public int RememberedKeysMax { get; set; } = 100_000;
}
