using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// The only class that holds the connection to Redis. Whatever runs through it has a deadline, is traced and counted,
/// and fails with <see cref="RedisAwayException"/> when Redis is away. After a call without an answer the next ones
/// fail at once, except for a probe now and then: a caller that needs Redis five times must not wait five times. A
/// Redis that refuses to write counts as away for readers too: what they would read is no longer kept up.
/// </summary>
public sealed partial class RedisGateway : IDisposable
{
    /// <summary>Name of the activity source and the meter: the client has none of its own.</summary>
    public const string Telemetry = "Microblog.Redis";

    private static readonly ActivitySource Source = new(Telemetry);
    private static readonly Meter Meter = new(Telemetry);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "microblog.redis.duration", "s", "Time until Redis answered everything one call asked.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "microblog.redis.failures", description: "Calls that Redis did not answer in time or refused.");

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan ProbeLifetime = TimeSpan.FromSeconds(5);
    private static readonly RedisKey Probe = "standby:probe";

    private readonly RedisOptions _options;
    private readonly StandbyBoard _board;
    private readonly ILogger<RedisGateway> _logger;
    private readonly ConfigurationOptions _configuration;
    private readonly Lock _connecting = new();
    // The first probe goes at once: one slow answer on a busy machine must not turn everybody away.
    private readonly Breaker _breaker = new(firstProbeAfter: TimeSpan.Zero, ProbeEvery);
    private readonly RawConnections _raw;
    private readonly RawQuestions _questions;
    private Task<ConnectionMultiplexer>? _connection;
    private int _failuresInARow;
    private volatile bool _hasRefused;
    private volatile bool _isCluster;

    public RedisGateway(
        string connectionString,
        IOptions<RedisOptions> options,
        StandbyBoard board,
        ILogger<RedisGateway> logger)
    {
        _options = options.Value;
        _board = board;
        _logger = logger;
        _configuration = ConfigurationOptions.Parse(connectionString);
        _raw = new(_configuration, User(connectionString), _options.Deadline);
        _questions = new(_configuration, User(connectionString), _options.Deadline);
        _configuration.AbortOnConnectFail = false;
        _configuration.ConnectTimeout = 2_000;
        _configuration.SyncTimeout = (int)_options.Deadline.TotalMilliseconds;
        _configuration.ReconnectRetryPolicy = new LinearRetry(500);
        // Commands that a managed Redis often forbids, for features that nobody here uses.
        _configuration.TieBreaker = "";
        _configuration.ConfigurationChannel = "";
    }

    /// <summary>
    /// Runs commands against Redis. Start as many as needed inside and await them together: they travel in one
    /// pipeline.
    /// </summary>
    /// <exception cref="RedisAwayException">No answer within <see cref="RedisOptions.Deadline"/>, or a refusal, or, at
    /// once, because calls just now had no answer either.</exception>
    public Task<T> Run<T>(Func<IDatabase, Task<T>> work) =>
        Guard(connection => work(connection.GetDatabase()).WaitAsync(_options.Deadline));

    /// <summary>
    /// Runs commands that are answered with numbers, past the client library, whose objects cost more per command than
    /// Redis does: for what comes by hundreds of thousands a second. Redis must be one server, see
    /// <see cref="IsCluster"/>.
    /// </summary>
    /// <returns>The number that answers each command.</returns>
    /// <exception cref="RedisAwayException">As in <see cref="Run{T}"/>.</exception>
    /// <exception cref="RawErrorException">Redis refused a command, and not because it is away.</exception>
    public Task<long[]> RunRaw(RawCommands commands) =>
        Guard(connection => _raw.Run(commands, connection.GetDatabase()));

    /// <summary>
    /// Asks what is read on every page, past the client library, whose objects cost more than Redis' answers do. What
    /// several callers ask at the same time travels together. The first word after each command must be a key.
    /// </summary>
    /// <exception cref="RedisAwayException">As in <see cref="Run{T}"/>.</exception>
    /// <exception cref="RawErrorException">Redis refused a command, and not because it is away.</exception>
    public Task<RawAnswer> Ask(RawCommands commands) => Guard(connection => _isCluster
        ? RawByClient.Ask(commands, connection.GetDatabase()).WaitAsync(_options.Deadline)
        : _questions.Ask(commands, connection.GetDatabase()));

    /// <summary>Whether keys live on several servers; then only the client library knows where.</summary>
    public Task<bool> IsCluster() => Guard(connection => Task.FromResult(connection.GetEndPoints()
        .Any(server => connection.GetServer(server).ServerType == ServerType.Cluster)));

    private async Task<T> Guard<T>(Func<ConnectionMultiplexer, Task<T>> work)
    {
        var isProbe = _breaker.IsOpen;
        if (!_breaker.LetsThrough())
            throw new RedisAwayException("Redis did not answer just now.");

        using var activity = Source.StartActivity("redis", ActivityKind.Client);
        activity?.SetTag("db.system.name", "redis");
        var started = Stopwatch.GetTimestamp();
        try
        {
            var connection = await Connection().WaitAsync(_options.Deadline);
            // What reads well may still refuse to write.
            if (isProbe)
                await connection.GetDatabase().StringSetAsync(Probe, 1, ProbeLifetime).WaitAsync(_options.Deadline);
            var result = await work(connection);
            Succeeded(isProbe);
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            return result;
        }
        catch (Exception failure) when (IsAway(failure))
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Failed(failure);
            throw new RedisAwayException("Redis is away.", failure);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Func<IDatabase, Task> work) => Run(async redis =>
    {
        await work(redis);
        return true;
    });

    public void Dispose()
    {
        _raw.Dispose();
        _questions.Dispose();
        if (_connection is { IsCompletedSuccessfully: true } connection)
            connection.Result.Dispose();
    }

    // The oldest version of the client knows no users.
    private static string? User(string connectionString) => connectionString.Split(',')
        .Select(setting => setting.Split('=', 2))
        .FirstOrDefault(setting => setting is ["user", { Length: > 0 }])?[1];

    private void Succeeded(bool isProbe)
    {
        Volatile.Write(ref _failuresInARow, 0);
        if (_hasRefused && !isProbe)
            return;

        _hasRefused = false;
        _breaker.Succeeded();
        _board.Report(StandbyBoard.Redis, isAway: false);
    }

    private void Failed(Exception failure)
    {
        Failures.Add(1);
        _board.Report(StandbyBoard.Redis, isAway: true);
        _hasRefused = _hasRefused || failure is RedisServerException or RawErrorException;
        _breaker.Failed();
        // A refusal is an answer: the connection is well.
        if (failure is not (RedisServerException or RawErrorException)
            && Interlocked.Increment(ref _failuresInARow) >= _options.FailuresBeforeReconnect)
        {
            Reconnect();
        }
    }

    private static bool IsAway(Exception failure) => failure switch
    {
        TimeoutException or RedisConnectionException or IOException or SocketException => true,
        // What waited on a connection that was given up.
        ObjectDisposedException or OperationCanceledException => true,
        RedisServerException or RawErrorException => IsRefusal(failure.Message),
        AggregateException many => many.InnerExceptions.All(IsAway),
        _ => false,
    };

    private static bool IsRefusal(string error) => error.StartsWith("READONLY", StringComparison.Ordinal)
        || error.StartsWith("LOADING", StringComparison.Ordinal)
        || error.StartsWith("OOM", StringComparison.Ordinal)
        || error.StartsWith("MISCONF", StringComparison.Ordinal)
        || error.StartsWith("CLUSTERDOWN", StringComparison.Ordinal)
        || error.Contains("-OOM", StringComparison.Ordinal)
        || error.Contains("-READONLY", StringComparison.Ordinal);

    private Task<ConnectionMultiplexer> Connection()
    {
        lock (_connecting)
        {
            if (_connection is null or { IsFaulted: true } or { IsCanceled: true })
                // Elsewhere: this client waits for the network before its first await, and others for this lock.
                _connection = Task.Run(Connect);
            return _connection;
        }
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(_configuration);
        // Otherwise one continuation that blocks holds up every other reply of the process.
        IConnectionMultiplexer settings = connection;
        settings.PreserveAsyncOrder = false;
        _isCluster = connection.GetEndPoints().Any(end => connection.GetServer(end).ServerType == ServerType.Cluster);
        return connection;
    }

    private void Reconnect()
    {
        ConnectionMultiplexer hung;
        lock (_connecting)
        {
            if (_connection is not { IsCompletedSuccessfully: true } connection)
                return;
            Volatile.Write(ref _failuresInARow, 0);
            _connection = null;
            hung = connection.Result;
        }

        LogReconnect(_logger);
        // Elsewhere, for it may take its time over a connection that hangs.
        _ = Task.Run(() =>
        {
            hung.Close(allowCommandsToComplete: false);
            hung.Dispose();
        });
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer; connecting anew")]
    private static partial void LogReconnect(ILogger logger);
}
