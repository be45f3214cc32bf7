using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Storage;

/// <summary>Who must hear of a fact. Nobody hears of what he did himself.</summary>
internal sealed record NewNotification(long AccountId, NotificationEntry Entry)
{
    public static IEnumerable<NewNotification> Of(PostCreated post)
    {
        if (post is { BoostOfId: { } boosted, BoostOfAuthorId: { } author })
            return author == post.AuthorId
                ? []
                : [new(author, new(post.PostId, NotificationKind.Reblog, post.AuthorId, boosted))];
        return post.Mentions
            .Where(mention => mention.AccountId != post.AuthorId)
            .Select(mention => new NewNotification(
                mention.AccountId,
                new(post.PostId, NotificationKind.Mention, post.AuthorId, post.PostId)));
    }

    public static IEnumerable<NewNotification> Of(FavouriteChanged change)
    {
        if (change.AccountId == change.AuthorId)
            return [];
        var kind = change.IsFavourite ? NotificationKind.Favourite : NotificationKind.Unfavourite;
        return [new(change.AuthorId, new(change.ChangeId, kind, change.AccountId, change.PostId))];
    }

    public static NewNotification Of(AccountFollowed follow) =>
        new(follow.FolloweeId, new(follow.FollowId, NotificationKind.Follow, follow.FollowerId, PostId: 0));
}
