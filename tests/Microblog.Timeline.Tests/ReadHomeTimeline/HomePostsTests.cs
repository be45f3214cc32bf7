using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Standby;
using Microblog.TestServers;
using Microblog.Timeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>What Postgres finds for a home timeline, against all posts sorted.</summary>
public class HomePostsTests
{
    private const long Last = long.MaxValue;

    [Theory]
    // Everybody as often; one who writes most of it; one who was not heard of for long; hardly anything at all.
    [InlineData(20, 20, 20, 20)]
    [InlineData(300, 3, 2, 1)]
    [InlineData(1, 40, 40, 40)]
    [InlineData(0, 1, 0, 2)]
    public async Task The_newest_and_the_oldest_posts_are_found_however_often_somebody_writes(params int[] postCounts)
    {
        await using var world = await TestWorld.Create("timeline-home");
        await using var database = await OwnDatabase.Of(world);
        var authors = postCounts.Select(_ => new Person(null!, RunningTimeline.NewId(), "somebody", "")).ToArray();
        var posts = Mixed(authors, postCounts);
        await new PostWriter(database).Store(posts, CancellationToken.None);
        var ids = posts.Select(post => post.PostId).Order().ToArray();
        await using var services = new ServiceCollection().AddLogging().AddMetrics()
            .AddSingleton(database).AddSingleton<StandbyBoard>().AddSingleton<PostgresReads>()
            .BuildServiceProvider();
        var home = new HomePosts(
            services.GetRequiredService<PostgresReads>(),
            readerId: 1,
            [.. authors.Select(author => author.Id)],
            quietAuthorIds: []);
        var (low, high) = ids.Length < 20 ? (0, Last) : (ids[5], ids[^5]);

        foreach (var count in new[] { 1, 7, 20, 200 })
        {
            Assert.Equal(ids.Reverse().Take(count), Of(await home.Below(Last, 0, count, CancellationToken.None)));
            Assert.Equal(ids.Take(count), Of(await home.Above(0, Last, count, CancellationToken.None)));
            Assert.Equal(
                ids.Reverse().Where(IsBetween).Take(count),
                Of(await home.Below(high, low, count, CancellationToken.None)));
            Assert.Equal(
                ids.Where(IsBetween).Take(count), Of(await home.Above(low, high, count, CancellationToken.None)));
        }

        bool IsBetween(long id) => id > low && id < high;
    }

    private static IEnumerable<long> Of(IEnumerable<PageEntry> page) => page.Select(entry => entry.PostId);

    /// <summary>The first author begins, and those with more posts go on when the others have no more to say.</summary>
    private static PostCreated[] Mixed(Person[] authors, int[] counts) =>
    [
        .. Enumerable.Range(0, counts.Max()).SelectMany(turn => authors.Where((_, i) => turn < counts[i]))
            .Select(author => APost.By(author)),
    ];
}
