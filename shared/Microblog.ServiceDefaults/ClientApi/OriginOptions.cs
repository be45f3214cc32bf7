using System.ComponentModel.DataAnnotations;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>Where clients reach the system; every absolute URL in an answer begins with it.</summary>
public sealed class OriginOptions
{
    public const string Section = "Microblog";

    /// <summary>Scheme, host and port without a trailing slash: <c>https://micro.example</c>.</summary>
    [Required]
    [RegularExpression("^https?://[^/?#\\s]+$")]
    public string Origin { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Host and port, as in <c>bob@micro.example</c>.</summary>
    public string Domain => new Uri(Origin).Authority;
}
