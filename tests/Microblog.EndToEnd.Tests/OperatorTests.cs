using System.Net;
using Microblog.TestServers;
using StackExchange.Redis;

namespace Microblog.EndToEnd.Tests;

/// <summary>What an operator does to a system of his own: he may harm it.</summary>
[Collection(nameof(KilledServiceTests))]
public sealed class OperatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("microblog-backup-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_timeline_damaged_by_hand_is_mended_and_a_whole_system_comes_back_from_its_backup()
    {
        var system = await RunningSystem.Start(new Dictionary<string, string>());
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        await bob.Follow(alice);
        var posts = new List<string>();
        for (var i = 0; i < 5; i++)
            posts.Insert(0, await alice.Write($"post {i}"));
        (await bob.Post($"/api/v1/statuses/{posts[0]}/favourite")).Ok();
        await Eventually.Is(async () => (await bob.Home()).SequenceEqual(posts));
        await Eventually.Is(() => IsFinished(system, bob));

        await Damage(system, bob, lost: posts[2]);
        Assert.DoesNotContain(posts[2], await bob.Home());
        var found = await Assert.ThrowsAsync<ProgramFailedException>(() => system.Run("infra/admin", "check"));
        Assert.Contains($"home:{bob.Id} lacks post {posts[2]}", found.Message, StringComparison.Ordinal);
        Assert.Contains($"home:{bob.Id} holds post 17, which nobody wrote", found.Message, StringComparison.Ordinal);
        await system.Run("infra/admin", "check", "--repair");
        Assert.Equal(posts, await bob.Home());

        await system.Run("infra/admin", "suspend", alice.Username);
        Assert.Empty(await bob.Home());
        await Eventually.Is(async () =>
            (await alice.Get("/api/v1/timelines/home")).Status == HttpStatusCode.Unauthorized);
        await system.Run("infra/admin", "unsuspend", alice.Username);
        Assert.Equal(posts, await bob.Home());

        await Damage(system, bob, lost: posts[3]);
        await system.Run("infra/admin", "rebuild", "timeline", bob.Username);
        Assert.Equal(posts, await bob.Home());
        Assert.Contains(
            $"The 1 followers of {alice.Username} are at hand.",
            await system.Run("infra/admin", "rebuild", "followers", alice.Username),
            StringComparison.Ordinal);

        var backup = Path.Combine(_folder.FullName, "backup");
        await system.Run("infra/backup", backup);
        await system.Run("infra/down", "--wipe");
        await system.Run("infra/restore", backup);
        await system.Up();

        Assert.Equal(posts, await bob.Home());
        Assert.Equal(1, (int)(await bob.Get($"/api/v1/statuses/{posts[0]}")).Ok()["favourites_count"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await alice.Get("/api/v1/timelines/home")).Status);
        var again = await bob.Write("back again");
        await bob.Sees(again);
        Assert.Contains("No differences.", await system.Run("infra/admin", "check"), StringComparison.Ordinal);
        await system.Run("infra/down", "--wipe");
    }

    // In the first seconds of a system a timeline is read together with Postgres, and a hole in it does no harm.
    private static async Task<bool> IsFinished(RunningSystem system, Person reader)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(system.Server("MICROBLOG_REDIS"));
        await reader.Home();
        return await redis.GetDatabase().ListGetByIndexAsync($"home:{reader.Id}", 0) == 0;
    }

    private static async Task Damage(RunningSystem system, Person reader, string lost)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(system.Server("MICROBLOG_REDIS"));
        var key = $"home:{reader.Id}";
        await redis.GetDatabase().ListRemoveAsync(key, lost);
        await redis.GetDatabase().ListRightPushAsync(key, 17);
    }
}
