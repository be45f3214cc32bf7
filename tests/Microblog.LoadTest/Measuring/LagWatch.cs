using System.Diagnostics;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Measuring;

/// <summary>
/// Follows some posts until they can be read by one, and by both, of the first and the last of those who follow the
/// author, in the order in which followers are paged. As many at a time as do not disturb; the others are not watched.
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
        var unseen = Ends(world.Graph.FollowersOf(post.Author));
        var isSeen = false;
        var interval = probe.Interval;
        while (true)
        {
            foreach (var follower in unseen.ToArray())
            {
                if (!await probe.Shows(world.People[follower], post.Id, cancellationToken))
                    continue;
                if (!isSeen)
                    recorder.RecordLagFirst(Stopwatch.GetElapsedTime(intendedAt));
                isSeen = true;
                unseen.Remove(follower);
            }

            if (unseen.Count == 0)
            {
                recorder.RecordLagLast(
                    Stopwatch.GetElapsedTime(intendedAt), Stopwatch.GetElapsedTime(post.AnsweredAt));
                return;
            }

            // Who deletes it ends the watch: it may never be seen.
            if (post.IsDisturbed)
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

    private static HashSet<int> Ends(ReadOnlySpan<int> followers) => [followers[0], followers[^1]];
}
