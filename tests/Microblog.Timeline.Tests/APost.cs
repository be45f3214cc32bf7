using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.Tests;

/// <summary>Posts as Ingest publishes them.</summary>
internal static class APost
{
    public static PostCreated By(
        Person author,
        Visibility visibility = Visibility.Public,
        IReadOnlyList<Person>? mentions = null,
        PostCreated? inReplyTo = null,
        long? id = null,
        string? key = null,
        params IReadOnlyList<string> tags)
    {
        var postId = id ?? RunningTimeline.NewId();
        return new(
            postId,
            author.Id,
            "hello",
            "<p>hello</p>",
            SpoilerText: "",
            Sensitive: false,
            visibility,
            Language: "en",
            [.. (mentions ?? []).Select(person => new Mention(person.Id, person.Username))],
            tags,
            inReplyTo?.PostId,
            inReplyTo?.AuthorId,
            BoostOfId: null,
            BoostOfAuthorId: null,
            ApplicationName: "Toot",
            ApplicationWebsite: null,
            key,
            IdSequence.CreatedAt(postId));
    }

    public static PostCreated Boost(Person author, PostCreated original, long? id = null) =>
        By(author, original.Visibility, id: id) with
        {
            Text = "",
            Content = "",
            BoostOfId = original.PostId,
            BoostOfAuthorId = original.AuthorId,
        };

    public static PostDeleted Deletion(PostCreated post) =>
        new(post.PostId, post.AuthorId, post.CreatedAt.AddSeconds(1));

    public static FavouriteChanged Favourite(Person account, PostCreated post, bool isFavourite = true)
    {
        var changeId = RunningTimeline.NewId();
        return new(changeId, post.PostId, post.AuthorId, account.Id, isFavourite, IdSequence.CreatedAt(changeId));
    }

    public static BookmarkChanged Bookmark(Person account, PostCreated post, bool isBookmarked = true)
    {
        var changeId = RunningTimeline.NewId();
        return new(changeId, post.PostId, account.Id, isBookmarked, IdSequence.CreatedAt(changeId));
    }
}
