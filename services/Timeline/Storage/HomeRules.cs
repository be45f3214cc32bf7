using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Storage;

/// <summary>Which posts a viewer gets to see, and which of them belong into his home timeline.</summary>
internal static class HomeRules
{
    /// <summary>Whether the viewer may see the post and, if it is a boost, its original.</summary>
    /// <param name="original">Of a boost; null when it is gone.</param>
    /// <param name="viewerId">Null for somebody who is not logged in.</param>
    public static bool IsVisible(
        PostCreated post,
        PostCreated? original,
        long? viewerId,
        IReadOnlyDictionary<long, Standing> relations)
    {
        if (!PostAudience.MaySee(post, viewerId, relations.GetValueOrDefault(post.AuthorId)))
            return false;
        return post.BoostOfId is null
            || (original is not null
                && PostAudience.MaySee(original, viewerId, relations.GetValueOrDefault(original.AuthorId)));
    }

    /// <summary>Whether a post that the reader may see belongs into his home timeline.</summary>
    public static bool Belongs(
        PostCreated post,
        PostCreated? original,
        long readerId,
        IReadOnlyDictionary<long, Standing> relations)
    {
        if (original is not null && IsUnwanted(original, readerId, relations))
            return false;
        if (post.AuthorId == readerId)
            return true;

        var author = relations.GetValueOrDefault(post.AuthorId);
        return author.HasFlag(Standing.Following)
            && !IsUnwanted(post, readerId, relations)
            && (post.BoostOfId is null || !author.HasFlag(Standing.BoostsHidden))
            && IsAmongFriends(post, readerId, relations);
    }

    // A conversation with somebody whom the reader does not follow would be half a conversation.
    private static bool IsAmongFriends(
        PostCreated reply, long readerId, IReadOnlyDictionary<long, Standing> relations) =>
        reply.InReplyToAuthorId is not { } repliedTo
        || repliedTo == reply.AuthorId
        || repliedTo == readerId
        || relations.GetValueOrDefault(repliedTo).HasFlag(Standing.Following);

    // Blocking somebody means not to read about him either.
    private static bool IsUnwanted(PostCreated post, long readerId, IReadOnlyDictionary<long, Standing> relations)
    {
        if (post.AuthorId == readerId)
            return false;
        foreach (var mention in post.Mentions)
        {
            if (IsShunned(mention.AccountId))
                return true;
        }

        return IsShunned(post.AuthorId) || IsShunned(post.InReplyToAuthorId ?? post.AuthorId);

        bool IsShunned(long accountId) => accountId != readerId
            && (relations.GetValueOrDefault(accountId) & (Standing.Muting | Standing.Blocking)) != 0;
    }
}
