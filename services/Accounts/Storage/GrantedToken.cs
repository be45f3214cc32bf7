namespace Microblog.Accounts.Storage;

/// <summary>
/// What a client gets; without an expiry, because clients that see one and cannot renew log people out.
/// </summary>
/// <param name="CreatedAt">Unix seconds.</param>
internal sealed record GrantedToken(string AccessToken, string TokenType, string Scope, long CreatedAt);
