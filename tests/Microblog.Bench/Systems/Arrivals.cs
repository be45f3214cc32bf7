using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>
/// Tells when posts have arrived: when four followers spread over the audience have them, its last one among them.
/// Looks at the oldest posts under way only, so that looking costs little, and answers some milliseconds late.
/// </summary>
internal sealed class Arrivals : IDisposable
{
    private const int LookedForMax = 16;
    private const int FollowersLookedAt = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(4);

    private readonly IDatabase _redis;
    private readonly ConcurrentQueue<Expected> _new = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _looking;

    public Arrivals(IDatabase redis)
    {
        _redis = redis;
        _looking = Look();
    }

    /// <summary>Completes when the post is in the timelines of its author's followers.</summary>
    public Task Of(Author author, long postId)
    {
        var expected = new Expected(postId, Spread(author));
        _new.Enqueue(expected);
        // When looking fails, nobody must wait for ever.
        return Task.WhenAny(expected.Arrived.Task, _looking).Unwrap();
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task Look()
    {
        var token = _ended.Token;
        var underWay = new List<Expected>();
        while (!token.IsCancellationRequested)
        {
            while (_new.TryDequeue(out var expected))
                underWay.Add(expected);
            await Task.WhenAll(underWay.Take(LookedForMax).Select(Look));
            underWay.RemoveAll(expected => expected.Arrived.Task.IsCompleted);
            await Task.Delay(Interval, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(Expected expected)
    {
        // The last one first: he seldom has it before the others.
        if (!expected.IsBegun && !await Has(expected.Readers[^1], expected.PostId))
            return;
        expected.IsBegun = true;
        var has = await Task.WhenAll(expected.Readers.Select(reader => Has(reader, expected.PostId)));
        if (has.All(one => one))
            expected.Arrived.SetResult();
    }

    private Task<bool> Has(long readerId, long postId) => Timelines.Has(_redis, readerId, postId);

    private static long[] Spread(Author author)
    {
        var count = author.Followers.Count;
        return
        [
            .. Enumerable.Range(0, FollowersLookedAt)
                .Select(i => (int)((long)i * (count - 1) / (FollowersLookedAt - 1)))
                .Distinct()
                .Select(i => author.Followers[i].Id),
        ];
    }

    private sealed class Expected(long postId, long[] readers)
    {
        public long PostId => postId;

        public long[] Readers => readers;

        public bool IsBegun { get; set; }

        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
