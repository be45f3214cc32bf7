using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.KeepSnapshots;

/// <summary>
/// Notices that Redis has lost the index of names, and writes it and the revoked tokens again. Until it is complete,
/// whoever misses a name asks Accounts.
/// </summary>
internal sealed partial class SnapshotKeeper(
    IServiceScopeFactory scopes,
    Snapshots snapshots,
    IOptions<AccountsOptions> options,
    AccountsMetrics metrics,
    TimeProvider clock,
    ILogger<SnapshotKeeper> logger) : BackgroundService
{
    private const int NamesPerPage = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Look(stoppingToken);
            await Task.Delay(options.Value.IndexCheckInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        try
        {
            if (!await snapshots.AreNamesComplete())
                await Rebuild(cancellationToken);
        }
        catch (Exception exception) when (Outage.Caused(exception))
        {
            // The next look tries again; questions are answered from Postgres meanwhile.
            LogAway(logger, exception);
        }
    }

    private async Task Rebuild(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await snapshots.BeginRebuild();
        await scope.ServiceProvider.GetRequiredService<Revocations>().RememberAll(cancellationToken);
        var db = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var nameCount = await WriteNames(db, cancellationToken);

        // Emptied again meanwhile: the next look begins anew.
        if (!await snapshots.EndRebuild())
            return;
        metrics.IndexRebuilt();
        LogRebuilt(logger, nameCount);
    }

    // Whoever signs up behind the page that is being read writes the new name as well.
    private async Task<int> WriteNames(AccountsDbContext db, CancellationToken cancellationToken)
    {
        var nameCount = 0;
        var after = 0L;
        int pageCount;
        do
        {
            var page = await db.Users.AsNoTracking()
                .Where(user => user.Id > after)
                .OrderBy(user => user.Id)
                .Take(NamesPerPage)
                .Select(user => new { user.Id, user.Username })
                .ToListAsync(cancellationToken);
            await snapshots.WriteNames([.. page.Select(user => (user.Id, user.Username))]);
            (pageCount, after) = (page.Count, page.Count > 0 ? page[^1].Id : after);
            nameCount += pageCount;
        }
        while (pageCount == NamesPerPage);

        return nameCount;
    }

    [LoggerMessage(LogLevel.Information, "The index of names was missing and is complete again, with {NameCount} names")]
    private static partial void LogRebuilt(ILogger logger, int nameCount);

    [LoggerMessage(LogLevel.Warning, "The index of names cannot be looked after")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
