namespace Microblog.Accounts.Storage;

/// <summary>A person's consent, to be exchanged once for a token by the application it was given to.</summary>
internal sealed class AuthorizationCode
{
    public required byte[] CodeHash { get; init; }

    public required long AppId { get; init; }

    public required long UserId { get; init; }

    public required string RedirectUri { get; init; }

    public required string[] Scopes { get; init; }

    /// <summary>PKCE: base64url of the SHA-256 of the verifier; null when the client does without.</summary>
    public string? CodeChallenge { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The token it was exchanged for; null until then.</summary>
    public long? TokenId { get; set; }
}
