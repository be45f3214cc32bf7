using System.Text;
using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

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
        CountsKey = Encoding.ASCII.GetBytes(PostSnapshots.CountsKey(post.PostId));
        // A boost is marked through its original.
        var marked = post.BoostOfId ?? post.PostId;
        MarkFields =
            [Field(PostMarks.Favourite(marked)), Field(PostMarks.Boost(marked)), Field(PostMarks.Bookmark(marked))];
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

    public byte[] CountsKey { get; }

    /// <summary>Of the viewer's marks: favourite, boost, bookmark.</summary>
    public IReadOnlyList<byte[]> MarkFields { get; }

    /// <summary>To whom the viewer's relation decides whether he sees the post.</summary>
    public IReadOnlyList<long> People { get; }

    /// <summary>Its JSON, made when first asked for: names of accounts never change.</summary>
    public StatusPieces Pieces(StatusTemplates templates, string username, PostCreated? original) =>
        _pieces ??= StatusPieces.Of(templates.Of(Post, username, original));

    private static byte[] Field(string name) => Encoding.ASCII.GetBytes(name);
}
