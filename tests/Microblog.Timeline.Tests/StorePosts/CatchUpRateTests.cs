using System.Diagnostics;
using Microblog.Timeline.StorePosts;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.Tests.StorePosts;

public class CatchUpRateTests
{
    private const int BatchSize = TimelineConsumers.PostsPerTransactionMax;
    private const int PostsPerSecond = 3 * BatchSize;

    private static readonly long[] LatePosts = Batch(TimeProvider.System.GetUtcNow().AddMinutes(-5));

    [Fact]
    public async Task A_backlog_is_stored_at_the_rate_that_is_set()
    {
        using var rate = Rate();
        var started = Stopwatch.GetTimestamp();

        for (var batch = 0; batch < 5; batch++)
            await rate.Wait(LatePosts, CancellationToken.None);

        // The first batch passes at once.
        var least = TimeSpan.FromSeconds((double)BatchSize * 4 / PostsPerSecond) - TimeSpan.FromMilliseconds(200);
        Assert.True(Stopwatch.GetElapsedTime(started) > least, "The backlog passed too fast.");
    }

    [Fact]
    public async Task Posts_that_come_at_their_time_wait_for_nothing()
    {
        using var rate = Rate();
        await rate.Wait(LatePosts, CancellationToken.None);
        var late = rate.Wait(LatePosts, CancellationToken.None);

        var inTime = rate.Wait(Batch(TimeProvider.System.GetUtcNow()), CancellationToken.None);

        Assert.True(inTime.IsCompletedSuccessfully);
        Assert.False(late.IsCompleted);
        await late;
    }

    private static CatchUpRate Rate() => new(
        TimeProvider.System,
        Options.Create(new TimelineOptions { CatchUpPostsPerSecond = PostsPerSecond }));

    private static long[] Batch(DateTimeOffset at) =>
        [.. Enumerable.Range(0, BatchSize).Select(i => (at.ToUnixTimeMilliseconds() << 16) + i)];
}
