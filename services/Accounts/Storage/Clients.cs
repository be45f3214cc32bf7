using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>Tells which application somebody is who knows its secret.</summary>
internal sealed class Clients(AccountsDbContext db)
{
    /// <summary>The application; null when it is unknown or the secret is wrong.</summary>
    public async Task<App?> Find(ClientCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials is not { ClientId: { } id, ClientSecret: { } secret })
            return null;

        var app = await db.Apps.AsNoTracking().SingleOrDefaultAsync(row => row.ClientId == id, cancellationToken);
        return app is not null && Secrets.Matches(secret, app.ClientSecretHash) ? app : null;
    }
}
