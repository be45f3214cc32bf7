using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// A post that this process has read: what never changes of it, and the names under which Redis has the rest.
/// </summary>
internal sealed class KnownPost
{
    private StatusPieces? _pieces;

    public KnownPost(PostCreated post)
    {
        Post = post;
        CountsKey = RawCommands.Encode(PostSnapshots.CountsKey(post.PostId));
        // A boost is marked through its original.
        var marked = post.BoostOfId ?? post.PostId;
        MarkFields = RawCommands.Encode(
            PostMarks.Favourite(marked), PostMarks.Boost(marked), PostMarks.Bookmark(marked));
        AuthorChangeKey = RawCommands.Encode(AccountSnapshots.ChangeKey(post.AuthorId));
        People =
        [
            .. post.Mentions.Select(mention => mention.AccountId)
                .Append(post.AuthorId)
                .Append(post.InReplyToAuthorId ?? post.AuthorId)
                .Append(post.BoostOfAuthorId ?? post.AuthorId)
                .Distinct(),
        ];
    }

    public PostCreated Post { get; }

    /// <summary>A word, as it is sent.</summary>
    public byte[] CountsKey { get; }

    /// <summary>Three words, as they are sent, for the viewer's marks: favourite, boost, bookmark.</summary>
    public byte[] MarkFields { get; }

    /// <summary>A word, as it is sent.</summary>
    public byte[] AuthorChangeKey { get; }

    /// <summary>To whom the viewer's relation decides whether he sees the post.</summary>
    public IReadOnlyList<long> People { get; }

    /// <summary>Its JSON, made when first asked for: names of accounts never change.</summary>
    public StatusPieces Pieces(StatusTemplates templates, string username, PostCreated? original) =>
        _pieces ??= StatusPieces.Of(templates.Of(Post, username, original));
}
