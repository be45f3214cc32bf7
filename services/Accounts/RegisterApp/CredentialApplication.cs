namespace Microblog.Accounts.RegisterApp;

/// <summary>An application as it sees itself once: the only answer that ever holds its secret.</summary>
internal sealed record CredentialApplication(
    string Id,
    string Name,
    string? Website,
    IReadOnlyList<string> Scopes,
    string RedirectUri,
    IReadOnlyList<string> RedirectUris,
    string ClientId,
    string ClientSecret,
    int ClientSecretExpiresAt,
    string VapidKey);
