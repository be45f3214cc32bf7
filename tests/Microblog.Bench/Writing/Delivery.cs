using System.Diagnostics;
using Microblog.Bench.Systems;
using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Writing;

/// <summary>
/// Where posts are: looked up in timelines as a read finds them, about once in a millisecond, over a connection of its
/// own; nothing is subtracted for looking.
/// </summary>
internal sealed class Delivery : IAsyncDisposable
{
    /// <summary>
    /// Posts that can be looked for in each millisecond without being a load; of more, each is looked for less often.
    /// </summary>
    private const int WatchesPerTick = 24;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SettleTick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly RedisServer _redis;
    private readonly Queues _queues;
    private int _watches;

    private Delivery(RedisServer redis, Queues queues)
    {
        (_redis, _queues) = (redis, queues);
    }

    public static async Task<Delivery> Connect(BenchSystem system) => new(
        await RedisServer.Connect(system.Engines.Redis!),
        await Queues.Connect(system.Engines.RabbitMq!));

    /// <summary>
    /// How long it takes from now until the first, the middle and the last follower, as they are paged, have the post.
    /// </summary>
    /// <exception cref="TimeoutException">It never arrives.</exception>
    public async Task<TimeSpan> Watch((long PostId, Author Author) post, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watches);
        try
        {
            var started = Stopwatch.GetTimestamp();
            while (!await IsThere(post))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                    throw new TimeoutException($"Post {post.PostId} does not arrive.");
                await Task.Delay(Tick * Math.Max(1, _watches / WatchesPerTick), TimeProvider.System, cancellationToken);
            }

            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }

    /// <summary>Returns when nothing waits in any queue and the newest posts are where they belong.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It does not come to rest.</exception>
    public Task<TimeSpan> Settle(PostingResult posts, CancellationToken cancellationToken) =>
        Until(IsSettled, posts, cancellationToken);

    /// <summary>Returns when the newest posts are where they belong, whatever else waits.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">They never arrive.</exception>
    public Task<TimeSpan> Arrive(PostingResult posts, CancellationToken cancellationToken) =>
        Until(HaveArrived, posts, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _queues.DisposeAsync();
    }

    private async Task<TimeSpan> Until(
        Func<PostingResult, Task<bool>> isReached, PostingResult posts, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isReached(posts))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"It does not settle: {Queues.Describe(await _queues.Read())}");
            await Task.Delay(SettleTick, TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<bool> IsSettled(PostingResult posts)
    {
        var depths = await _queues.Read();
        return depths.Values.All(depth => depth == 0) && await HaveArrived(posts);
    }

    private async Task<bool> HaveArrived(PostingResult posts) =>
        (await Task.WhenAll(posts.Newest.Select(IsThere))).All(isThere => isThere);

    private async Task<bool> IsThere((long PostId, Author Author) post)
    {
        var followers = post.Author.Followers;
        if (followers.Count == 0)
            return true;
        // The last one first: he seldom has it before the others.
        if (!await IsAt(followers[^1].Id, post.PostId))
            return false;
        var others = new[] { 0, followers.Count / 2 }.Distinct().Select(i => IsAt(followers[i].Id, post.PostId));
        return (await Task.WhenAll(others)).All(isThere => isThere);
    }

    private Task<bool> IsAt(long readerId, long postId) => Timelines.Has(_redis.Database, readerId, postId);
}
