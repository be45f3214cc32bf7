using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Ingest.Tests;

/// <summary>Posts that were accepted some time ago.</summary>
internal static class APost
{
    public static PostCreated By(
        long authorId,
        Visibility visibility = Visibility.Public,
        params IReadOnlyList<Mention> mentions)
    {
        var postId = RunningIngest.NewId();
        return new(
            postId,
            authorId,
            "old",
            "<p>old</p>",
            SpoilerText: "",
            Sensitive: false,
            visibility,
            Language: null,
            mentions,
            Tags: [],
            InReplyToId: null,
            InReplyToAuthorId: null,
            BoostOfId: null,
            BoostOfAuthorId: null,
            ApplicationName: null,
            ApplicationWebsite: null,
            IdempotencyKey: null,
            IdSequence.CreatedAt(postId));
    }
}
