using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;
using Microsoft.Extensions.Options;

namespace Microblog.FanOut.Storage;

/// <summary>
/// Appends post ids to lists that exist, home timelines and authors' own posts: one command per list and batch,
/// pipelined. Doing a batch again changes nothing a reader sees; see <see cref="TimelineLists"/>.
/// </summary>
internal sealed class TimelineWriter(
    ListCommands commands,
    RecentFollowers recentFollowers,
    NewestDelivered newest,
    FanOutMetrics metrics,
    TimeProvider clock,
    IOptions<FanOutOptions> options)
{
    /// <summary>
    /// What is so much older than the newest post delivered was overtaken: it comes from the spool, or waited for
    /// its author's followers.
    /// </summary>
    private static readonly TimeSpan OvertakenAfter = TimeSpan.FromSeconds(2);

    // Trimmed only now and then: each time it frees whole nodes of the list.
    private const int LengthMax = TimelineLists.EntriesMax + TimelineLists.TrimMargin;

    private readonly int _pipelineMax = options.Value.CommandsPerPipelineMax;

    public async Task Append(AppendBatch batch)
    {
        Func<PushedRange, Task<long[]>> append = batch.MayBeRepeated
            ? commands.InsertRepeated
            : await IsOvertaken(batch) ? commands.AppendLate : commands.Append;
        // First the author's list, then the question who followed lately: a concurrent MergeFollowee does it the other
        // way round, so that one of the two sees the other and no new follower misses the post.
        using var ownPosts = batch.OwnPosts();
        var ownTooLong = await Push(ownPosts, ListFamily.OwnPosts, append);
        var authorIds = batch.Deliveries.Where(delivery => delivery.AuthorId is not null)
            .Select(delivery => delivery.AuthorId.GetValueOrDefault())
            .Distinct();
        using var homes = batch.Homes(await recentFollowers.Of([.. authorIds]));
        var homesTooLong = await Push(homes, ListFamily.Homes, append);

        metrics.BatchWritten(batch.CommandCount);
        var now = clock.GetUtcNow();
        foreach (var postId in batch.Deliveries.Select(delivery => delivery.PostId).Distinct())
            metrics.PostDelivered(now - IdSequence.CreatedAt(postId));

        // When everybody has the posts: nobody waits for this.
        await Trim(ownTooLong);
        await Trim(homesTooLong);
    }

    private async Task<bool> IsOvertaken(AppendBatch batch)
    {
        if (batch.Deliveries.Count == 0)
            return false;

        var postIds = batch.Deliveries.Select(delivery => delivery.PostId);
        return await newest.Including(postIds) - IdSequence.CreatedAt(postIds.Min()) > OvertakenAfter;
    }

    /// <summary>Yields the lists that have become too long.</summary>
    private async Task<PushedRange> Push(
        MergedPushes pushes, ListFamily family, Func<PushedRange, Task<long[]>> append)
    {
        var (delivered, skipped) = (0L, 0L);
        var tooLong = new List<int>();
        foreach (var lists in Enumerable.Range(0, pushes.Count).Chunk(_pipelineMax))
        {
            var lengths = await append(new(pushes, family, lists));
            for (var i = 0; i < lists.Length; i++)
            {
                if (lengths[i] > 0)
                    delivered += pushes.PostIds(lists[i]).Length;
                else
                    skipped += pushes.PostIds(lists[i]).Length;
                if (lengths[i] > LengthMax)
                    tooLong.Add(lists[i]);
            }
        }

        metrics.Pushed(pushes.Count, delivered, skipped);
        return new(pushes, family, tooLong);
    }

    private async Task Trim(PushedRange tooLong)
    {
        foreach (var lists in tooLong.Lists.Chunk(_pipelineMax))
            await commands.Trim(tooLong with { Lists = lists });
        metrics.Trimmed(tooLong.Lists.Count);
    }
}
