using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Accounts.Storage;

/// <summary>Issues access tokens, each with a row by which it can be revoked.</summary>
internal sealed class TokenGrants(AccountsDbContext db, AccessTokens tokens, IdSequence ids, TimeProvider clock)
{
    /// <summary>
    /// A token of the application for the person, or for itself when <paramref name="user"/> is null.
    /// </summary>
    public async Task<GrantedToken> Grant(
        App app,
        User? user,
        IReadOnlyCollection<string> scopes,
        CancellationToken cancellationToken)
    {
        var token = Add(ids.Next(), app, user, scopes);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>The same, saved by the caller together with what else belongs to it.</summary>
    public GrantedToken Add(long tokenId, App app, User? user, IReadOnlyCollection<string> scopes)
    {
        var now = clock.GetUtcNow();
        db.Tokens.Add(new()
        {
            Id = tokenId,
            AppId = app.Id,
            UserId = user?.Id,
            Scopes = [.. scopes],
            CreatedAt = now,
            ExpiresAt = tokens.ExpiresAt(now),
        });
        var caller = new Caller(
            user?.Id ?? 0,
            user?.Username ?? "",
            tokenId,
            app.Id,
            app.Name,
            app.Website,
            scopes.ToHashSet(),
            user?.Tier ?? Tiers.Anonymous);
        return new(tokens.Issue(caller, now), "Bearer", Scopes.Format(scopes), now.ToUnixTimeSeconds());
    }
}
