using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;
using StackExchange.Redis;

namespace Microblog.Timeline.StorePosts;

/// <summary>Tells everybody that a post lost against another one and is gone.</summary>
internal sealed class RetractedPosts(
    Retractions retractions,
    PostDirectory snapshots,
    Publisher publisher,
    RedisGateway redis,
    TimelineMetrics metrics)
{
    // Ingest wrote the loser there, if it came second; the mark of a boost taken back since is 0 and stays.
    private const string ReplaceMark =
        """
        if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[3], ARGV[4], ARGV[5])
        end
        return 1
        """;

    public async Task Announce(IReadOnlyCollection<PostCreated> stored, CancellationToken cancellationToken)
    {
        foreach (var retraction in await retractions.Of(stored, cancellationToken))
        {
            await snapshots.MarkDeleted(retraction.Deleted.PostId);
            if (retraction.BoostOfId is { } boosted)
                await PointToWinner(retraction, boosted);
            // On the second bus: an alarm blocks a publishing connection, and this one must go on consuming.
            await publisher.Publish(retraction.Deleted, cancellationToken);
            metrics.PostRetracted();
        }
    }

    private Task<RedisResult> PointToWinner(Retraction retraction, long boosted) => redis.Run(store =>
        store.ScriptEvaluateAsync(
            ReplaceMark,
            [PostMarks.Key(retraction.Deleted.AuthorId)],
            [
                PostMarks.Boost(boosted),
                retraction.Deleted.PostId,
                retraction.WinnerId,
                PostMarks.ChangeField,
                PostMarks.NewChange(),
            ],
            CommandFlags.NoScriptCache));
}
