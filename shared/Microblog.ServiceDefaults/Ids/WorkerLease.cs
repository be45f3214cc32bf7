using System.Security.Cryptography;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Ids;

/// <summary>
/// Holds a worker number that no other process of the same id space has: a key <c>ids:{space}:{worker}</c> in Redis,
/// renewed while the process lives. While Redis is away a holder keeps its number: nobody can take it then either.
/// </summary>
public sealed partial class WorkerLease(
    string space,
    RedisGateway redis,
    TimeProvider clock,
    ILogger<WorkerLease> logger) : RepeatedWork(clock, logger)
{
    /// <summary>Six bits of an id.</summary>
    public const int WorkersMax = 64;

    private const int None = -1;

    private const string Renew =
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly string _holder = RandomNumberGenerator.GetHexString(32);
    private volatile int _worker = None;

    /// <summary>The number, 0 to 63; null until one was leased.</summary>
    public int? Worker => _worker == None ? null : _worker;

    /// <inheritdoc/>
    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        await Keep();
        return _worker == None ? RetryEvery : RenewEvery;
    }

    private async Task Keep()
    {
        try
        {
            if (_worker != None && await IsRenewed(_worker))
                return;
            _worker = await Take();
            LogLeased(Logger, space, _worker);
        }
        catch (RedisAwayException away)
        {
            LogAway(Logger, space, away);
        }
    }

    private Task<bool> IsRenewed(int worker) => redis.Run(async database => (bool)await database.ScriptEvaluateAsync(
        Renew,
        [Key(worker)],
        [_holder, (long)Lifetime.TotalMilliseconds],
        CommandFlags.NoScriptCache));

    private async Task<int> Take()
    {
        // A lapsed number may be taken back by its holder: nobody has had it since, or this fails and another is taken.
        var first = _worker == None ? RandomNumberGenerator.GetInt32(WorkersMax) : _worker;
        for (var i = 0; i < WorkersMax; i++)
        {
            var worker = (first + i) % WorkersMax;
            if (await redis.Run(database => database.StringSetAsync(Key(worker), _holder, Lifetime, When.NotExists)))
                return worker;
        }

        throw new InvalidOperationException($"All {WorkersMax} worker numbers of '{space}' are leased.");
    }

    /// <inheritdoc/>
    protected override async Task Ended()
    {
        if (Worker is not { } worker)
            return;
        try
        {
            await redis.Run(database => database.KeyDeleteAsync(Key(worker)));
        }
        catch (RedisAwayException away)
        {
            // The lease runs out by itself.
            LogAway(Logger, space, away);
        }
    }

    private RedisKey Key(int worker) => $"ids:{space}:{worker}";

    [LoggerMessage(LogLevel.Information, "Worker number {Worker} of {Space} leased")]
    private static partial void LogLeased(ILogger logger, string space, int worker);

    [LoggerMessage(LogLevel.Warning, "The worker number of {Space} could not be leased or renewed")]
    private static partial void LogAway(ILogger logger, string space, Exception exception);
}
