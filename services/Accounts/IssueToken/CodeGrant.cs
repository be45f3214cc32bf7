using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.IssueToken;

/// <summary>
/// Exchanges an authorization code for a token, once. Who comes with a used code has stolen it, or somebody has: the
/// token it was exchanged for ends.
/// </summary>
internal sealed class CodeGrant(
    AccountsDbContext db,
    TokenGrants tokens,
    Revocations revocations,
    IdSequence ids,
    TimeProvider clock)
{
    public async Task<Results<Ok<GrantedToken>, JsonHttpResult<ClientError>>> Exchange(
        App app,
        RequestFields fields,
        CancellationToken cancellationToken)
    {
        if (fields.Text("code") is not { Length: > 0 } secret)
            return OAuthErrors.Missing("code");
        if (fields.Text("redirect_uri") is not { Length: > 0 } redirectUri)
            return OAuthErrors.Missing("redirect_uri");

        var code = await Find(secret, app, cancellationToken);
        if (code is null)
            return OAuthErrors.InvalidGrant();
        if (code.TokenId is { } stolen)
            return await EndStolen(stolen, cancellationToken);
        if (code.RedirectUri != redirectUri || !IsVerified(code, fields.Text("code_verifier")))
            return OAuthErrors.InvalidGrant();

        var granted = await Redeem(code, app, cancellationToken);
        if (granted is not null)
            return TypedResults.Ok(granted);

        // Somebody was quicker with the same code, or it is too old.
        code = await Find(secret, app, cancellationToken);
        return code?.TokenId is { } taken ? await EndStolen(taken, cancellationToken) : OAuthErrors.InvalidGrant();
    }

    private Task<AuthorizationCode?> Find(string secret, App app, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(secret);
        return db.AuthorizationCodes.AsNoTracking()
            .SingleOrDefaultAsync(code => code.CodeHash == hash && code.AppId == app.Id, cancellationToken);
    }

    private async Task<GrantedToken?> Redeem(AuthorizationCode code, App app, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var tokenId = ids.Next();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Of two who come at once, the database lets one through.
        var redeemedCount = await db.AuthorizationCodes
            .Where(row => row.CodeHash == code.CodeHash && row.TokenId == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(used => used.TokenId, tokenId), cancellationToken);
        if (redeemedCount == 0)
            return null;

        var person = await db.Users.AsNoTracking().SingleAsync(user => user.Id == code.UserId, cancellationToken);
        // The code stays as it was, and of no use until the suspension is over.
        if (person.SuspendedAt is not null)
            return null;

        var granted = tokens.Add(tokenId, app, person, code.Scopes);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return granted;
    }

    private async Task<JsonHttpResult<ClientError>> EndStolen(long tokenId, CancellationToken cancellationToken)
    {
        await revocations.Revoke(tokenId, cancellationToken);
        return OAuthErrors.InvalidGrant();
    }

    // A verifier without a challenge means that somebody took the challenge out of the request on its way.
    private static bool IsVerified(AuthorizationCode code, string? verifier)
    {
        if (code.CodeChallenge is null || verifier is null)
            return code.CodeChallenge is null && verifier is null;

        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(challenge),
            Encoding.ASCII.GetBytes(code.CodeChallenge));
    }
}
