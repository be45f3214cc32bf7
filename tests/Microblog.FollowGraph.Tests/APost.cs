using Microblog.Contracts.Ingest;

namespace Microblog.FollowGraph.Tests;

/// <summary>Posts as Ingest publishes them; only what decides who receives them differs.</summary>
internal static class APost
{
    public static PostCreated By(
        long authorId,
        Visibility visibility = Visibility.Public,
        long? inReplyToAuthorId = null,
        long? boostOfAuthorId = null,
        params long[] mentionedIds) => new(
            RunningFollowGraph.NewId(),
            authorId,
            Text: "text",
            Content: "<p>text</p>",
            SpoilerText: "",
            Sensitive: false,
            visibility,
            Language: null,
            [.. mentionedIds.Select(id => new Mention(id, $"person{id}"))],
            Tags: [],
            inReplyToAuthorId is null ? null : RunningFollowGraph.NewId(),
            inReplyToAuthorId,
            boostOfAuthorId is null ? null : RunningFollowGraph.NewId(),
            boostOfAuthorId,
            ApplicationName: null,
            ApplicationWebsite: null,
            IdempotencyKey: null,
            TimeProvider.System.GetUtcNow());
}
