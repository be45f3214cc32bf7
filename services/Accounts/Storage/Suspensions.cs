using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Keeps people out and lets them in again. The profile says so to everybody who renders posts. May be repeated; a
/// log-in that was under way can leave one token, which ends when it is done once more.
/// </summary>
internal sealed class Suspensions(
    AccountsDbContext db,
    Revocations revocations,
    Snapshots snapshots,
    OutboxSignal outbox,
    TimeProvider clock)
{
    /// <summary>Returns how many tokens ended; null when there is no such account.</summary>
    public async Task<int?> Begin(long accountId, CancellationToken cancellationToken)
    {
        if (!await Change(accountId, clock.GetUtcNow(), cancellationToken))
            return null;

        // Only now: who was suspended before gets no new ones.
        var now = clock.GetUtcNow();
        var tokenIds = await db.Tokens
            .Where(token => token.UserId == accountId && token.RevokedAt == null && token.ExpiresAt > now)
            .Select(token => token.Id)
            .ToListAsync(cancellationToken);
        foreach (var tokenId in tokenIds)
            await revocations.Revoke(tokenId, cancellationToken);
        return tokenIds.Count;
    }

    /// <summary>False when there is no such account.</summary>
    public Task<bool> End(long accountId, CancellationToken cancellationToken) =>
        Change(accountId, suspendedAt: null, cancellationToken);

    private async Task<bool> Change(long accountId, DateTimeOffset? suspendedAt, CancellationToken cancellationToken)
    {
        var person = await db.Users.SingleOrDefaultAsync(user => user.Id == accountId, cancellationToken);
        if (person is null)
            return false;

        if (person.SuspendedAt.HasValue != suspendedAt.HasValue)
        {
            person.SuspendedAt = suspendedAt;
            person.Version++;
            db.Outbox.Add(OutboxMessage.For(new ProfileChanged(person.ToProfile()), clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            outbox.Committed();
        }

        // While Redis is away, ProfileChanged does it later.
        await SpareWrites.Try(() => snapshots.Write([person.ToProfile()]));
        return true;
    }
}
