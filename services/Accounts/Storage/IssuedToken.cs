namespace Microblog.Accounts.Storage;

/// <summary>What is known of an access token; the token itself is stored nowhere.</summary>
internal sealed class IssuedToken
{
    public required long Id { get; init; }

    public required long AppId { get; init; }

    /// <summary>Null for an application's own token.</summary>
    public long? UserId { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
