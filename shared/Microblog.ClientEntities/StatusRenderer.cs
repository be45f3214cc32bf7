using Microblog.ClientEntities.Entities;
using Microblog.Contracts.Timeline;

namespace Microblog.ClientEntities;

/// <summary>Turns posts into the statuses that clients see, with everything they refer to.</summary>
public sealed class StatusRenderer(
    PostDirectory posts,
    AccountDirectory accounts,
    AccountRenderer accountRenderer,
    MarkDirectory marks,
    StatusTemplates templates)
{
    /// <summary>
    /// The posts in the order given. A boost carries its original; what has lost its author or original is left out,
    /// and what somebody suspended wrote.
    /// Whether the viewer may see a post, the caller has decided.
    /// </summary>
    /// <param name="viewerId">Null for somebody who is not logged in: then the viewer's own marks are absent.</param>
    public async Task<IReadOnlyList<Status>> Render(
        IReadOnlyList<StoredPost> statuses,
        long? viewerId,
        CancellationToken cancellationToken)
    {
        var originals = await posts.Find(
            [.. statuses.Select(status => status.Post.BoostOfId).OfType<long>()],
            cancellationToken);
        StoredPost[] all = [.. statuses, .. originals.Values];
        var authors = accounts.Find([.. all.Select(status => status.Post.AuthorId)], cancellationToken);
        var viewerMarks = viewerId is { } viewer
            ? marks.Of(viewer, [.. all.Select(status => status.Post.PostId)], cancellationToken)
            : Task.FromResult<IReadOnlyDictionary<long, PostMark>>(new Dictionary<long, PostMark>());
        await Task.WhenAll(authors, viewerMarks);

        var scene = new Scene(originals, await authors, await viewerMarks, viewerId);
        return [.. statuses.Select(status => Render(status, scene)).OfType<Status>()];
    }

    /// <summary>
    /// A post that is no boost, for somebody who is not logged in. Null when its author is suspended.
    /// </summary>
    public Status? Render(StoredPost status, AccountSnapshot author) => Render(status, new Scene(
        new Dictionary<long, StoredPost>(),
        new Dictionary<long, AccountSnapshot> { [author.Profile.AccountId] = author },
        new Dictionary<long, PostMark>(),
        ViewerId: null));

    private Status? Render(StoredPost stored, Scene scene)
    {
        if (!scene.Authors.TryGetValue(stored.Post.AuthorId, out var author) || author.Profile.IsSuspended)
            return null;
        if (stored.Post.BoostOfId is not { } originalId)
            return Render(stored, accountRenderer.Render(author), scene, reblog: null);

        return scene.Originals.TryGetValue(originalId, out var original) && Render(original, scene) is { } reblog
            ? Render(stored, accountRenderer.Render(author), scene, reblog)
            : null;
    }

    private Status Render(StoredPost stored, Account account, Scene scene, Status? reblog)
    {
        var post = stored.Post;
        // A boost is marked through its original: that is what a client favourites and boosts.
        var mark = scene.Marks.GetValueOrDefault(post.BoostOfId ?? post.PostId);
        var isKnown = scene.ViewerId is not null;
        var original = post.BoostOfId is { } originalId ? scene.Originals[originalId] : null;
        var counts = (original ?? stored).Counts;
        return templates.Of(post, account.Username, original?.Post) with
        {
            RepliesCount = counts.Replies,
            ReblogsCount = counts.Boosts,
            FavouritesCount = counts.Favourites,
            Reblog = reblog,
            Account = account,
            Favourited = isKnown ? mark?.IsFavourite ?? false : null,
            Reblogged = isKnown ? mark is { BoostId: not 0 } : null,
            Muted = isKnown ? false : null,
            Bookmarked = isKnown ? mark?.IsBookmarked ?? false : null,
            Pinned = isKnown && reblog is null && scene.ViewerId == post.AuthorId ? false : null,
            Filtered = isKnown ? [] : null,
        };
    }

    /// <summary>What the posts of one rendering refer to.</summary>
    private sealed record Scene(
        IReadOnlyDictionary<long, StoredPost> Originals,
        IReadOnlyDictionary<long, AccountSnapshot> Authors,
        IReadOnlyDictionary<long, PostMark> Marks,
        long? ViewerId);
}
