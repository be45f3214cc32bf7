namespace Microblog.EndToEnd.Tests;

/// <summary>Kills parts of a system of its own, so that nobody else's tests are disturbed.</summary>
[Collection(nameof(KilledServiceTests))]
[CollectionDefinition(nameof(KilledServiceTests), DisableParallelization = true)]
public sealed class KilledServiceTests
{
    private const int PostsPerKill = 5;

    [Fact]
    public async Task Killing_any_service_loses_nothing_that_was_answered()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Follow(alice);
        var answered = new List<string>();

        foreach (var service in new[] { "fan-out", "follow-graph", "timeline", "accounts", "ingest" })
        {
            for (var i = 0; i < PostsPerKill; i++)
                answered.Add(await alice.Write($"before {service} was killed, {i}"));
            await system.Kill(service);
            if (service != "ingest")
                answered.Add(await alice.Write($"while {service} was away"));
            await system.Up();
        }

        await Eventually.Is(async () =>
            (await bob.Home("?limit=40")).SequenceEqual(answered.AsEnumerable().Reverse()));
        await Eventually.Is(async () => Person.Ids(
            (await bob.Get($"/api/v1/accounts/{alice.Id}/statuses?limit=40")).Ok()).Length == answered.Count);
    }
}
