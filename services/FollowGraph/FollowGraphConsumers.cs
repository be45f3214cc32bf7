using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.ExpandAudience;
using Microblog.FollowGraph.FindFollows;
using Microblog.FollowGraph.KeepFollowers;
using Microblog.FollowGraph.RefreshFollowCounts;
using Microblog.FollowGraph.RestoreFollowCounts;
using Microblog.FollowGraph.RestoreRelations;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph;

/// <summary>What FollowGraph listens to.</summary>
internal static class FollowGraphConsumers
{
    /// <summary>Messages expanded together, of one post each or of as many as Ingest puts into one.</summary>
    public const int MessagesPerBatchMax = 64;

    /// <summary>
    /// Batches expanded at once. One with a post to very many takes long, mostly waiting for the next page: others, and
    /// other posts to very many, pass it meanwhile.
    /// </summary>
    private const int ExpandedAtOnceMax = 6;

    public static void Add(IBusRegistrationConfigurator bus)
    {
        ClientApiConsumers.Add(bus);
        bus.ListenToPosts<ExpandAudienceConsumer>(MessagesPerBatchMax, batches: ExpandedAtOnceMax);
        bus.ListenInBatches<ExpandPutOffConsumer, ExpandLater>(MessagesPerBatchMax, batches: 1);
        bus.Listen<RefreshFollowedConsumer, AccountFollowed>();
        bus.Listen<RefreshUnfollowedConsumer, AccountUnfollowed>();
        bus.Listen<KeepFewFollowersConsumer, AccountFollowed>();
        bus.Answer<RestoreRelationsConsumer, GetRelations>();
        bus.Answer<RestoreFollowCountsConsumer, GetFollowCounts>();
        bus.Answer<FindFollowsConsumer, GetFollows>();
        bus.Answer<KeepFollowersConsumer, RebuildFollowers>();
    }
}
