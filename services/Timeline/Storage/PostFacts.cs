using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Storage;

/// <summary>What the counters depend on.</summary>
internal sealed record PostFacts(
    long PostId,
    long AuthorId,
    Visibility Visibility,
    long? InReplyToId,
    long? BoostOfId,
    DateTimeOffset CreatedAt)
{
    public static PostFacts Of(PostCreated post) => new(
        post.PostId,
        post.AuthorId,
        post.Visibility,
        post.InReplyToId,
        post.BoostOfId,
        post.CreatedAt);
}
