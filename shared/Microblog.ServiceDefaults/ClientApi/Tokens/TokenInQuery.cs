namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>Metadata of endpoints that also take the token from the address.</summary>
internal sealed class TokenInQuery
{
    public static readonly TokenInQuery Allowed = new();
}
