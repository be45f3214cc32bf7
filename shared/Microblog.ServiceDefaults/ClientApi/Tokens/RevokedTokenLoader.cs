using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>
/// Reads the revoked tokens before the first request is served, and looks twice a second whether there are more: what
/// was revoked while the broker was away, or before this process's queue was bound, nobody tells it. A process that
/// starts while Redis is away, or has lost some of them, asks Accounts.
/// </summary>
internal sealed partial class RevokedTokenLoader(
    RedisGateway redis,
    RevokedTokenList revoked,
    TimeProvider clock,
    ILogger<RevokedTokenLoader> logger,
    Publisher? accounts = null) : RepeatedWork(clock, logger)
{
    private const int PageSize = 5_000;

    /// <summary>Also when tried again while Redis is away.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>All are read again, however many there are: one may have come as another went.</summary>
    private static readonly TimeSpan LoadInterval = TimeSpan.FromSeconds(30);

    /// <summary>
    /// In a new system Accounts starts together with those who ask it. Who does not wait refuses every token until the
    /// next look.
    /// </summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(100);

    private bool _isAway;
    private bool _isUnanswered;
    private long _count = -1;
    private DateTimeOffset _loadedAt;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = Clock.GetTimestamp();
        await TryLoad(cancellationToken);
        while (!revoked.IsComplete && accounts is not null && Clock.GetElapsedTime(start) < StartPatience)
        {
            await Task.Delay(StartPause, Clock, cancellationToken);
            await TryLoad(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        await TryLoad(stoppingToken);
        return _isAway ? RetryInterval : LookInterval;
    }

    private async Task TryLoad(CancellationToken cancellationToken)
    {
        try
        {
            await LoadIfChanged();
            _isAway = false;
        }
        catch (RedisAwayException exception)
        {
            // Said once per outage; the next success ends it.
            if (!_isAway)
                LogAway(Logger, exception);
            _isAway = true;
        }

        if (!revoked.IsComplete)
            await TryAsk(cancellationToken);
    }

    private async Task LoadIfChanged()
    {
        var areAllThere = revoked.IsComplete
            || await redis.Run(db => db.KeyExistsAsync(RevokedTokens.CompleteKey, CommandFlags.None));
        var count = await redis.Run(db => db.SortedSetLengthAsync(
            RevokedTokens.Key,
            double.NegativeInfinity,
            double.PositiveInfinity,
            Exclude.None,
            CommandFlags.None));
        var now = Clock.GetUtcNow();
        if (revoked.IsComplete && count == _count && now - _loadedAt < LoadInterval)
            return;

        await Load(now);
        (_count, _loadedAt) = (count, now);
        if (areAllThere)
            revoked.Complete();
    }

    private async Task Load(DateTimeOffset now)
    {
        revoked.Forget(now);
        var page = 0;
        SortedSetEntry[] entries;
        do
        {
            var skip = page++ * PageSize;
            entries = await redis.Run(db => db.SortedSetRangeByScoreWithScoresAsync(
                RevokedTokens.Key,
                now.ToUnixTimeSeconds(),
                double.PositiveInfinity,
                Exclude.None,
                Order.Ascending,
                skip,
                PageSize,
                CommandFlags.None));
            foreach (var entry in entries)
                revoked.Add((long)entry.Element, DateTimeOffset.FromUnixTimeSeconds((long)entry.Score));
        }
        while (entries.Length == PageSize);
    }

    private async Task TryAsk(CancellationToken cancellationToken)
    {
        if (accounts is null)
            return;

        try
        {
            var after = 0L;
            while (await Ask(accounts, after, cancellationToken) is [.., var last])
                after = last.TokenId;
            revoked.Complete();
        }
        catch (BrokerAwayException exception)
        {
            // Said once: the next rounds ask again.
            if (!_isUnanswered)
                LogUnanswered(Logger, exception);
            _isUnanswered = true;
        }
    }

    private async Task<IReadOnlyList<TokenRevoked>> Ask(
        Publisher publisher, long after, CancellationToken cancellationToken)
    {
        var page = await publisher.Ask<ListRevokedTokens, RevokedTokensListed>(new(after), cancellationToken);
        foreach (var token in page.Tokens)
            revoked.Add(token.TokenId, token.ExpiresAt);
        return page.Tokens;
    }

    [LoggerMessage(LogLevel.Warning, "The revoked tokens cannot be read; one revoked meanwhile may be accepted")]
    private static partial void LogAway(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Nobody says which tokens were revoked; until somebody does, none is accepted")]
    private static partial void LogUnanswered(ILogger logger, Exception exception);
}
