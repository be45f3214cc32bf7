using System.Diagnostics;
using Microblog.Contracts.Timeline;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Ingest.Tests.Outages;

/// <summary>A service whose broker and Redis may be stopped. Every test heals what it harmed.</summary>
public sealed class RunningOnOwnServers : RunningIngest
{
    public const int SpoolMax = 30;

    // MassTransit tries to connect ever more rarely, and then attaches one queue after the other.
    private static readonly TimeSpan HealedWithin = TimeSpan.FromMinutes(4);

    internal Spool Spool => Services.GetRequiredService<Spool>();

    internal Publisher Publisher => Services.GetRequiredService<Publisher>();

    protected override string[] OwnParts => ["redis", "rabbitmq"];

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["RateLimits:Enabled"] = "false",
        ["Ingest:SpoolMax"] = $"{SpoolMax}",
    };

    /// <summary>
    /// Returns when the service sees nothing away any more, its spool is empty, and its neighbours have joined again.
    /// </summary>
    public Task IsWell() => Until(async () =>
        Away.Count == 0 && await Spool.Length() == 0 && await DoNeighboursAnswer());

    /// <summary>Returns when the service has noticed, so that nobody waits for a deadline any more.</summary>
    public Task SeesAway(string part) => Until(() => Task.FromResult(Away.Contains(part)));

    /// <summary>Waits on a fact for as long as brokers and clients need to find each other again.</summary>
    public static async Task Until(Func<Task<bool>> fact)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await fact())
                    return;
            }
            catch (ServiceDefaults.Redis.RedisAwayException)
            {
                // Not yet, then.
            }

            Assert.True(watch.Elapsed < HealedWithin, $"It was not so after {HealedWithin}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private async Task<bool> DoNeighboursAnswer()
    {
        try
        {
            await Publisher.Ask<GetPosts, PostsFound>(new([]), CancellationToken.None);
            return true;
        }
        catch (BrokerAwayException)
        {
            return false;
        }
    }

    private IReadOnlyCollection<string> Away => Services.GetRequiredService<StandbyBoard>().Away;
}
