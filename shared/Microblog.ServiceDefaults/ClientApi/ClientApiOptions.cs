using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What every service must know alike to verify tokens and addresses.</summary>
public sealed class ClientApiOptions
{
    public const string Section = "Microblog";

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
