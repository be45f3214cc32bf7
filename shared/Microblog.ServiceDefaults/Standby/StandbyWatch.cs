using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Standby;

/// <summary>
/// Tells the other processes what this one sees away, through keys <c>standby:{part}</c> that expire, and hears what
/// they see: Ingest has no Postgres and must show that it is away, Timeline publishes too rarely to notice the broker.
/// </summary>
/// <remarks>
/// It writes even when it has nothing to say: a Redis that only reads is away, and in a quiet process nobody else would
/// notice, nor that it is back.
/// </remarks>
internal sealed class StandbyWatch(
    RedisGateway redis,
    StandbyBoard board,
    TimeProvider clock,
    ILogger<StandbyWatch> logger) : RepeatedWork(clock, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>What nobody says any more is over after this.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private static readonly RedisKey Writable = "standby:watch";
    private static readonly string[] Told = [StandbyBoard.Postgres, StandbyBoard.RabbitMq];

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        try
        {
            var said = await redis.Run(database => Task.WhenAll(
                Told.Select(part => database.KeyExistsAsync(Key(part)))));
            board.Hear(Told.Where((_, i) => said[i]));
            await redis.Run(database => Task.WhenAll(board.Seen
                .Where(Told.Contains)
                .Select(Key)
                .Append(Writable)
                .Select(key => database.StringSetAsync(key, 1, Lifetime))));
        }
        catch (RedisAwayException)
        {
            // The gateway has reported it. What was heard before may be over, and nobody could say so.
            board.Hear([]);
        }

        return Every;
    }

    private static RedisKey Key(string part) => $"standby:{part}";
}
