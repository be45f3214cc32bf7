using System.Diagnostics;
using System.Text.Json;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microblog.ServiceDefaults.Outbox;

/// <summary>
/// Publishes outbox messages in commit order, waits for the confirm, then deletes them. It may publish twice: when it
/// is killed between confirm and delete. Replicas take turns through a lock in the database.
/// </summary>
public sealed partial class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    Publisher publisher,
    OutboxSignal signal,
    TimeProvider clock,
    ILogger<OutboxRelay<TContext>> logger) : RepeatedWork(clock, logger)
    where TContext : DbContext
{
    /// <summary>Messages published before they are deleted together.</summary>
    public const int MessagesPerRoundMax = 200;

    /// <summary>The relay looks at the table at least this often.</summary>
    public static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private static readonly ActivitySource Source = new("Microblog.Outbox");

    // One relay at a time: two would interleave what was committed in order. The lock ends with the transaction.
    private const string TryLockSql = "SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.outbox'))";

    /// <inheritdoc/>
    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        try
        {
            if (await RelayRound(stoppingToken) < MessagesPerRoundMax)
                await signal.Wait(PollEvery, stoppingToken);
            return TimeSpan.Zero;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested
            && (Outage.Caused(failure) || failure is NpgsqlException))
        {
            // The messages stay in the table, and the next round takes them again.
            LogPaused(Logger, failure);
            return PauseAfterFailure;
        }
    }

    private async Task<int> RelayRound(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isMine = await db.Database.SqlQueryRaw<bool>(TryLockSql + " AS \"Value\"").SingleAsync(cancellationToken);
        if (!isMine)
            return 0;

        var messages = await db.Set<OutboxMessage>()
            .AsNoTracking()
            .OrderBy(message => message.Id)
            .Take(MessagesPerRoundMax)
            .ToListAsync(cancellationToken);
        foreach (var message in messages)
            await Publish(message);

        if (messages.Count > 0)
        {
            // By id, not up to the last one: a smaller id may have been committed since.
            var published = messages.ConvertAll(message => message.Id);
            await db.Set<OutboxMessage>()
                .Where(message => published.Contains(message.Id))
                .ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return messages.Count;
    }

    private async Task Publish(OutboxMessage message)
    {
        var type = typeof(PostCreated).Assembly.GetType(message.Type)
            ?? throw new InvalidOperationException($"The outbox holds {message.Type}, which is no contract.");
        var body = JsonSerializer.Deserialize(message.Body, type)
            ?? throw new InvalidOperationException($"Outbox message {message.Id} is empty.");
        using var activity = Source.StartActivity("relay", ActivityKind.Internal, message.TraceParent);
        await publisher.Publish(body, type, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "The outbox waits; its messages stay where they are")]
    private static partial void LogPaused(ILogger logger, Exception exception);
}
