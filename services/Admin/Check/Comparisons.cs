using Microblog.Admin.Storage;

namespace Microblog.Admin.Check;

/// <summary>Everything that is compared, in the order in which it is printed.</summary>
internal static class Comparisons
{
    public static IReadOnlyList<IComparison> Of(Stores stores) =>
    [
        new Queues(stores.Broker, Topology.Read(), stores.BindingsFile),
        new FailedMessages(stores.Broker, stores.Redis),
        new Backlogs(stores.Broker, stores.Database, stores.Redis),
        new FollowCounters(stores.Database, stores.Redis),
        new AuthorCounters(stores.Database, stores.Redis),
        new PostCounters(stores.Database, stores.Redis),
        ListedPosts.OfReaders(stores),
        ListedPosts.OfAuthors(stores),
        new FollowersAtHand(stores.Database, stores.Redis),
        new RelationCopies(stores.Database, stores.Redis),
        new AccountCopies(stores.Database, stores.Redis),
        new AccountNames(stores.Database, stores.Redis),
        new PostCopies(stores.Database, stores.Redis, stores.Broker, stores.Owners),
        new RevokedTokenCopies(stores.Database, stores.Redis),
    ];
}
