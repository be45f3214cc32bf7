using System.ComponentModel.DataAnnotations;

namespace Microblog.Accounts;

/// <summary>How people join and log in, and what the instance says of itself.</summary>
internal sealed class AccountsOptions
{
    public const string Section = "Accounts";

    /// <summary>
    /// Whether a token can be had for name and password: command-line clients ask so. Off where nobody needs it.
    /// </summary>
    public bool PasswordGrant { get; set; }

    /// <summary>Whether new people may sign up.</summary>
    public bool SignUpOpen { get; set; } = true;

    /// <summary>
    /// Rounds of PBKDF2-SHA512 for a password. 210,000 is the least that is advised; only test worlds use fewer.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>A code must be exchanged for a token within this.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a browser stays logged in on our own pages.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How often the index of names in Redis is looked after.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan IndexCheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The counts on the instance page may be this old.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan InstanceCountsAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Name of the instance.</summary>
    [Required, StringLength(100)]
    public string Title { get; set; } = "Microblog";

    /// <summary>One or two sentences about the instance, as plain text.</summary>
    [StringLength(500)]
    public string Description { get; set; } = "A microblog that computes home timelines when a post is written.";

    /// <summary>Where people reach whoever runs the instance; empty for nowhere.</summary>
    [StringLength(254)]
    public string ContactEmail { get; set; } = "";

    /// <summary>Where the source code can be had.</summary>
    [StringLength(500)]
    public string SourceUrl { get; set; } = "";
}
