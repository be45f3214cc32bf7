using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Standby;
using Microblog.TestServers;
using Npgsql;

namespace Microblog.Timeline.Tests;

/// <summary>
/// A service whose Redis and Postgres may be stopped, for tests that run one after the other. Each heals what it
/// harmed.
/// </summary>
public sealed class HarmedTimeline : IAsyncLifetime
{
    public const string Name = "A service whose servers are harmed";

    public OwnServers Servers { get; private set; } = null!;

    public RunningTimeline Timeline { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Servers = await OwnServers.Start("redis", "postgres");
        Timeline = await RunningTimeline.Start(hasPostgres: true, Servers);
    }

    public async Task DisposeAsync()
    {
        await Timeline.Stop();
        await Servers.DisposeAsync();
    }

    /// <summary>
    /// Does this to a server, runs the test, and undoes it; returns when the service sees that all is well.
    /// </summary>
    /// <param name="fault">killed, paused, read-only or full.</param>
    public async Task While(string fault, string part, Func<Task> test)
    {
        await (fault switch
        {
            "killed" => Servers.Kill(part),
            "paused" => Servers.Pause(part),
            "read-only" => Servers.Refuse(asFull: false),
            "full" => Servers.Refuse(asFull: true),
            _ => throw new ArgumentException(fault),
        });
        try
        {
            await Eventually.Is(() => Task.FromResult(IsNoticed(part)));
            await test();
        }
        finally
        {
            await (fault switch
            {
                "killed" => Servers.StartAgain(part),
                "paused" => Servers.Resume(part),
                _ => Servers.Heal(),
            });
            await Eventually.Is(() => Task.FromResult(Away.Count == 0));
        }
    }

    private IReadOnlyCollection<string> Away => Timeline.Of<StandbyBoard>().Away;

    // The board also holds for some seconds what others said of an earlier outage.
    private bool IsNoticed(string part)
    {
        if (part != StandbyBoard.Postgres)
            return Away.Contains(part);
        try
        {
            Timeline.Of<PostgresReads>().CreateCommand().Dispose();
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}

[CollectionDefinition(HarmedTimeline.Name)]
public sealed class SharedHarmedTimeline : ICollectionFixture<HarmedTimeline>;
