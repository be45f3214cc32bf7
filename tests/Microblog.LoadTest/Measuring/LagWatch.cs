using System.Diagnostics;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Measuring;

/// <summary>
/// Follows some posts until their first and their last follower, in the order in which followers are paged, can read
/// them. As many at a time as do not disturb; the others are not watched.
/// </summary>
public sealed class LagWatch(ITimelineProbe probe, World world, Recorder recorder, TimeProvider clock)
{
    private const int WatchesMax = 6;
    private const double IntervalGrowth = 1.3;

    private static readonly TimeSpan IntervalMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);

    private int _watches;

    /// <summary>Returns at once for a post that is not watched.</summary>
    /// <param name="intendedAt">When the post was to be sent.</param>
    public async Task Watch(AcceptedPost post, long intendedAt, CancellationToken cancellationToken)
    {
        if (world.Graph.FollowersCount(post.Author) == 0 || Interlocked.Increment(ref _watches) > WatchesMax)
        {
            if (world.Graph.FollowersCount(post.Author) > 0)
                Interlocked.Decrement(ref _watches);
            return;
        }

        try
        {
            await UntilSeen(post, intendedAt, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }

    private async Task UntilSeen(AcceptedPost post, long intendedAt, CancellationToken cancellationToken)
    {
        var (first, last) = Ends(world.Graph.FollowersOf(post.Author));
        var (isFirstSeen, isLastSeen) = (false, false);
        var interval = probe.Interval;
        while (true)
        {
            if (!isFirstSeen && await probe.Shows(world.People[first], post.Id, cancellationToken))
            {
                isFirstSeen = true;
                recorder.RecordLagFirst(Stopwatch.GetElapsedTime(intendedAt));
            }

            if (!isLastSeen && await probe.Shows(world.People[last], post.Id, cancellationToken))
            {
                isLastSeen = true;
                recorder.RecordLagLast(
                    Stopwatch.GetElapsedTime(intendedAt), Stopwatch.GetElapsedTime(post.AnsweredAt));
            }

            // Who deletes it ends the watch: it may never be seen.
            if ((isFirstSeen && isLastSeen) || post.IsDisturbed)
                return;
            if (Stopwatch.GetElapsedTime(post.AnsweredAt) > GiveUpAfter)
            {
                recorder.RecordUnseen();
                return;
            }

            await Task.Delay(interval, clock, cancellationToken);
            interval = interval * IntervalGrowth < IntervalMax ? interval * IntervalGrowth : IntervalMax;
        }
    }

    private static (int First, int Last) Ends(ReadOnlySpan<int> followers) => (followers[0], followers[^1]);
}
