using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.Timeline.AnswerQuestions;
using Microblog.Timeline.Notify;
using Microblog.Timeline.PrepareHome;
using Microblog.Timeline.RebuildOnDemand;
using Microblog.Timeline.RestoreAuthorTimeline;
using Microblog.Timeline.StoreBookmarks;
using Microblog.Timeline.StoreDeletes;
using Microblog.Timeline.StoreFavourites;
using Microblog.Timeline.StorePosts;

namespace Microblog.Timeline;

/// <summary>What Timeline listens to.</summary>
internal static class TimelineConsumers
{
    /// <summary>
    /// Posts that one transaction stores: with more, a statement's cost per row hardly falls any further.
    /// </summary>
    public const int PostsPerTransactionMax = 2_048;

    /// <summary>
    /// A message has some twenty-five posts while many people write: so many make about three full transactions of a
    /// backlog.
    /// </summary>
    private const int StoredMessagesPerBatchMax = 256;

    /// <summary>While one waits for Postgres, another is being read, and the third is told to Redis.</summary>
    private const int StoredBatches = 3;

    private const int PostMessagesPerBatchMax = 64;

    private const int ChangesPerBatchMax = 128;

    /// <summary>
    /// Nobody waits for Postgres, and a transaction costs nearly the same, however much it stores. In a backlog, too:
    /// within 50 ms a tenth of a full transaction comes together, because reading messages waits for storing others.
    /// </summary>
    private static readonly TimeSpan StoreWait = TimeSpan.FromMilliseconds(200);

    public static void Add(IBusRegistrationConfigurator bus)
    {
        ClientApiConsumers.Add(bus);
        bus.ListenToPosts<StorePostsConsumer>(StoredMessagesPerBatchMax, batches: StoredBatches, wait: StoreWait);
        bus.ListenInBatches<StoreDeletesConsumer, PostDeleted>(ChangesPerBatchMax);
        bus.ListenInBatches<StoreFavouritesConsumer, FavouriteChanged>(ChangesPerBatchMax);
        bus.ListenInBatches<StoreBookmarksConsumer, BookmarkChanged>(ChangesPerBatchMax);
        bus.ListenToPosts<NotifyMentionsConsumer>(PostMessagesPerBatchMax, notifyingOnly: true);
        bus.ListenInBatches<NotifyFavouritesConsumer, FavouriteChanged>(ChangesPerBatchMax);
        bus.ListenInBatches<NotifyFollowsConsumer, AccountFollowed>(ChangesPerBatchMax);
        bus.ListenInBatches<WithdrawFollowsConsumer, AccountUnfollowed>(ChangesPerBatchMax);
        bus.Listen<RestoreAuthorTimelineConsumer, AccountFollowed>();
        bus.Listen<PrepareHomeConsumer, AccountFollowed>();
        bus.Answer<FindPostsConsumer, GetPosts>();
        bus.Answer<FindMarksConsumer, GetMarks>();
        bus.Answer<CountAuthorsPostsConsumer, GetAuthorCounts>();
        bus.Answer<CountAllPostsConsumer, CountPosts>();
        bus.Answer<RebuildHomeConsumer, RebuildTimeline>();
    }
}
