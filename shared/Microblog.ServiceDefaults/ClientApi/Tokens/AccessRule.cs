namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>Metadata of an endpoint: whose token it wants, and with which scope (one of these is enough).</summary>
internal sealed record AccessRule(AccessKind Kind, IReadOnlyList<string> Scopes)
{
    /// <exception cref="InvalidOperationException">A scope is misspelt; nobody could call the endpoint.</exception>
    public static AccessRule For(AccessKind kind, string[] scopes)
    {
        if (scopes.FirstOrDefault(scope => !ClientApi.Scopes.IsKnown(scope)) is { } unknown)
            throw new InvalidOperationException($"There is no scope '{unknown}'.");
        return new(kind, scopes);
    }

    public bool Covers(Caller caller) => Scopes.Count == 0 || Scopes.Any(caller.May);
}
