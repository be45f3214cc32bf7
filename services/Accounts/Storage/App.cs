namespace Microblog.Accounts.Storage;

/// <summary>A client program, as it registered itself.</summary>
internal sealed class App
{
    public required long Id { get; init; }

    public required string ClientId { get; init; }

    public required byte[] ClientSecretHash { get; init; }

    public required string Name { get; init; }

    public string? Website { get; init; }

    public required string[] RedirectUris { get; init; }

    /// <summary>The most that its tokens may have.</summary>
    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
