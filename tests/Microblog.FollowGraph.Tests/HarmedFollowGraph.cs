using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Standby;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Microblog.FollowGraph.Tests;

/// <summary>
/// A service whose Redis and Postgres may be stopped, for tests that run one after the other. Each heals what it
/// harmed.
/// </summary>
public sealed class HarmedFollowGraph : RunningFollowGraph
{
    protected override async Task<OwnServers?> OwnServers() => await TestServers.OwnServers.Start("redis", "postgres");

    /// <summary>Pauses a server, runs the test, and lets the server go on; returns when the service sees it.</summary>
    public async Task WhilePaused(string part, Func<Task> test)
    {
        await Servers.Pause(part);
        try
        {
            await Until(() => IsNoticed(part));
            await test();
        }
        finally
        {
            await Servers.Resume(part);
            await Until(() => Away.Count == 0);
        }
    }

    private IReadOnlyCollection<string> Away => Services.GetRequiredService<StandbyBoard>().Away;

    // The board also holds for some seconds what others said of an earlier outage.
    private bool IsNoticed(string part)
    {
        if (part != StandbyBoard.Postgres)
            return Away.Contains(part);
        try
        {
            Services.GetRequiredService<PostgresReads>().CreateCommand().Dispose();
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }

    private static async Task Until(Func<bool> fact)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!fact())
            await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
    }
}

[CollectionDefinition(nameof(HarmedFollowGraph))]
public sealed class SharedHarmedFollowGraph : ICollectionFixture<HarmedFollowGraph>;
