using Microblog.Accounts.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.Authorize;

/// <summary>Issues authorization codes.</summary>
internal sealed class ConsentCodes(AccountsDbContext db, IOptions<AccountsOptions> options, TimeProvider clock)
{
    /// <summary>A used code is remembered so long, because using it again gives away that it was stolen.</summary>
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    /// <summary>A code that the application can exchange once for a token of the person.</summary>
    public async Task<string> Issue(
        AuthorizationRequest request,
        App app,
        User person,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var forgotten = now - KeptAfterExpiry;
        await db.AuthorizationCodes.Where(old => old.ExpiresAt < forgotten).ExecuteDeleteAsync(cancellationToken);

        var code = Secrets.New();
        db.AuthorizationCodes.Add(new()
        {
            CodeHash = Secrets.Hash(code),
            AppId = app.Id,
            UserId = person.Id,
            RedirectUri = request.RedirectUri,
            Scopes = [.. request.Scopes],
            CodeChallenge = request.CodeChallenge,
            ExpiresAt = now + options.Value.CodeLifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return code;
    }
}
