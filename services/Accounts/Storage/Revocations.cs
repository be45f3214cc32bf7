using System.Globalization;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Ends access tokens: the row, <see cref="RevokedTokens"/> in Redis, this process's memory, and the message to all
/// others. Every step may be repeated.
/// </summary>
internal sealed class Revocations(
    AccountsDbContext db,
    RedisGateway redis,
    RevokedTokenList refused,
    OutboxSignal outbox,
    TimeProvider clock)
{
    private const int TokensPerPage = 1_000;

    /// <summary>
    /// Revokes the token unless it is already. Redis being away delays nothing: the message does its part later.
    /// </summary>
    public async Task Revoke(long tokenId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = await db.Tokens.SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken);
        if (token is null)
            return;

        if (token.RevokedAt is null)
        {
            token.RevokedAt = now;
            db.Outbox.Add(OutboxMessage.For(new TokenRevoked(token.Id, token.ExpiresAt), now));
            await db.SaveChangesAsync(cancellationToken);
            outbox.Committed();
        }

        refused.Add(token.Id, token.ExpiresAt);
        try
        {
            await Remember(new(token.Id, token.ExpiresAt));
        }
        catch (RedisAwayException)
        {
            // The token is revoked; TokenRevoked, which waits the outage out, is remembered when it arrives.
        }
    }

    /// <summary>Puts one where processes look that start later.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public Task Remember(TokenRevoked revoked) => redis.Run(database => database.SortedSetAddAsync(
        RevokedTokens.Key,
        revoked.TokenId.ToString(CultureInfo.InvariantCulture),
        revoked.ExpiresAt.ToUnixTimeSeconds()));

    /// <summary>Revoked tokens that are not over by themselves, by id: a page of those above this one.</summary>
    public async Task<IReadOnlyList<TokenRevoked>> Page(long afterTokenId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.Tokens.AsNoTracking()
            .Where(token => token.RevokedAt != null && token.ExpiresAt > now && token.Id > afterTokenId)
            .OrderBy(token => token.Id)
            .Take(TokensPerPage)
            .Select(token => new TokenRevoked(token.Id, token.ExpiresAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Puts all of them there again, and drops those that are over by themselves.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task RememberAll(CancellationToken cancellationToken)
    {
        var after = 0L;
        IReadOnlyList<TokenRevoked> page;
        do
        {
            page = await Page(after, cancellationToken);
            await Task.WhenAll(page.Select(Remember));
            after = page.Count > 0 ? page[^1].TokenId : after;
        }
        while (page.Count == TokensPerPage);

        await redis.Run(database => database.SortedSetRemoveRangeByScoreAsync(
            RevokedTokens.Key,
            double.NegativeInfinity,
            clock.GetUtcNow().ToUnixTimeSeconds() - 1));
    }
}
