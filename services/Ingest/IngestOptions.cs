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
}
