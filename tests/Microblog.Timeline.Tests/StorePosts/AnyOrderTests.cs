using Microblog.Contracts.Ingest;
using Microblog.Timeline.Storage;
using Npgsql;

namespace Microblog.Timeline.Tests.StorePosts;

/// <summary>
/// The same facts in any order, any batches, any number of times: the same rows and the same counters, and the counters
/// agree with the rows.
/// </summary>
public class AnyOrderTests
{
    private const int OrdersPerStory = 12;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Any_order_and_duplication_ends_in_the_same_rows_and_counters(int seed)
    {
        var timeline = await RunningTimeline.Get();
        var expected = await Tell(timeline, seed, order: null);
        for (var order = 0; order < OrdersPerStory; order++)
        {
            var told = await Tell(timeline, seed, order);
            Assert.Equal($"seed {seed}, order {order}\n{expected}", $"seed {seed}, order {order}\n{told}");
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Facts_stored_at_the_same_time_end_in_the_same_rows_and_counters(int seed)
    {
        var timeline = await RunningTimeline.Get();
        var expected = await Tell(timeline, seed, order: null);
        var story = await Story.Create(timeline, seed);
        var random = new Random(seed);
        var deeds = Enumerable.Range(0, 2).SelectMany(_ => story.Facts).OrderBy(_ => random.Next()).Chunk(4);

        await Task.WhenAll(deeds.Select(some => Repeat(() => Store(timeline, some))));

        Assert.Equal(expected, await story.Describe(timeline));
        await story.AssertThatCountersAgree(timeline);
    }

    /// <summary>Tells the story to its end with people and ids of its own, and describes what is stored then.</summary>
    private static async Task<string> Tell(RunningTimeline timeline, int seed, int? order)
    {
        var story = await Story.Create(timeline, seed);
        if (order is { } orderSeed)
        {
            var random = new Random((seed * 1_000) + orderSeed);
            var facts = story.Facts.Concat(story.Facts.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next());
            foreach (var batch in facts.Chunk(random.Next(1, 9)))
                await Store(timeline, batch);
        }
        else
        {
            foreach (var fact in story.Facts)
                await Store(timeline, [fact]);
        }

        await story.AssertThatCountersAgree(timeline);
        return await story.Describe(timeline);
    }

    private static async Task Store(RunningTimeline timeline, object[] batch)
    {
        if (batch.OfType<PostCreated>().ToArray() is { Length: > 0 } posts)
            await timeline.Of<PostWriter>().Store(posts, CancellationToken.None);
        if (batch.OfType<PostDeleted>().ToArray() is { Length: > 0 } deletions)
            await timeline.Of<PostEraser>().Erase(deletions, CancellationToken.None);
        if (batch.OfType<FavouriteChanged>().ToArray() is { Length: > 0 } favourites)
            await timeline.Of<FavouriteWriter>().Store(favourites, CancellationToken.None);
        if (batch.OfType<BookmarkChanged>().ToArray() is { Length: > 0 } bookmarks)
            await timeline.Of<BookmarkWriter>().Store(bookmarks, CancellationToken.None);
    }

    // As the consumer is repeated by the bus when transactions lock each other out.
    private static async Task Repeat(Func<Task> deed)
    {
        while (true)
        {
            try
            {
                await deed();
                return;
            }
            catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                continue;
            }
        }
    }
}
