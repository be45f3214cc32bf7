using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What every service must know alike to answer clients.</summary>
public sealed class ClientApiOptions
{
    public const string Section = "Microblog";

    /// <summary>Scheme, host and port that clients see, without a slash at the end; addresses in answers begin with it.</summary>
    [Required]
    [RegularExpression("^https?://[^/]+$", ErrorMessage = "Microblog:Origin must be like https://example.org, without a path.")]
    public required string Origin { get; set; }

    /// <summary>Folder of the key ring that all services share; whoever can read it can issue tokens.</summary>
    [Required]
    public required string KeyRing { get; set; }

    /// <summary>
    /// Networks (<c>10.0.0.0/8</c>, separated by commas) whose word in X-Forwarded-For is taken. Loopback always is.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// Life of an access token. Long, because clients never renew one; what ends it is revocation.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(3_650);
}
