using System.Threading.RateLimiting;
using Microblog.ServiceDefaults.Ids;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.StorePosts;

/// <summary>
/// Holds the store to <see cref="TimelineOptions.CatchUpPostsPerSecond"/> while it drains a backlog, so that reads and
/// new posts keep their share of Postgres. Posts that come at their time wait for nothing.
/// </summary>
internal sealed class CatchUpRate : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly TimelineOptions _options;
    private readonly TokenBucketRateLimiter _posts;

    public CatchUpRate(TimeProvider clock, IOptions<TimelineOptions> options)
    {
        _clock = clock;
        _options = options.Value;
        _posts = new(new()
        {
            // Room for a transaction, or it could never pass.
            TokenLimit = Math.Max(_options.CatchUpPostsPerSecond / 10, TimelineConsumers.PostsPerTransactionMax),
            TokensPerPeriod = _options.CatchUpPostsPerSecond / 10,
            ReplenishmentPeriod = Period,
            // One waits for each batch that runs in parallel: the queue is bounded by them.
            QueueLimit = int.MaxValue,
            AutoReplenishment = true,
        });
    }

    /// <summary>Returns when one transaction's posts may be stored; two seconds at most at the lowest rate.</summary>
    public async Task Wait(IReadOnlyCollection<long> postIds, CancellationToken cancellationToken)
    {
        if (_clock.GetUtcNow() - IdSequence.CreatedAt(postIds.Min()) <= _options.StoreDelayMax)
            return;
        using var lease = await _posts.AcquireAsync(postIds.Count, cancellationToken);
        if (!lease.IsAcquired)
            throw new InvalidOperationException($"{postIds.Count} posts at once do not pass the catch-up rate.");
    }

    public void Dispose() => _posts.Dispose();
}
