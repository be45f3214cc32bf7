using Microblog.ClientEntities;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.FormatText;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.Extensions.Options;

namespace Microblog.Ingest.CreatePost;

/// <summary>Turns what a client sent into a post: who is mentioned, what it answers, how it looks.</summary>
internal sealed class PostComposer(
    VisiblePosts posts,
    AccountNames names,
    IOptions<OriginOptions> origin)
{
    private static readonly PostDefaults NoDefaults = new("public", Sensitive: false, Language: null);

    private readonly PostContent _content = new(origin.Value.Origin);

    // A name is ours with our host and port after it, with the host alone, or with nothing.
    private readonly string?[] _ourDomains =
        [null, origin.Value.Domain.ToLowerInvariant(), new Uri(origin.Value.Origin).Host.ToLowerInvariant()];

    /// <summary>Null when the author may not see what he replies to, or it is gone.</summary>
    public async Task<PostCreated?> Compose(
        long postId,
        CreatePostRequest request,
        Caller author,
        PostDefaults? authorsDefaults,
        CancellationToken cancellationToken)
    {
        var target = request.InReplyToId is { } targetId
            ? await posts.FindOriginal(targetId, author.AccountId, cancellationToken)
            : null;
        if (request.InReplyToId is not null && target is null)
            return null;

        var defaults = authorsDefaults ?? NoDefaults;
        var pieces = TextScanner.Scan(request.Text);
        var mentions = await MentionsIn(pieces, cancellationToken);
        return new(
            postId,
            author.AccountId,
            request.Text,
            _content.Render(pieces, mentions),
            request.SpoilerText,
            request.Sensitive ?? defaults.Sensitive,
            request.Visibility ?? VisibilityNames.Parse(defaults.Visibility) ?? Visibility.Public,
            request.Language ?? defaults.Language,
            [.. mentions.Values.Distinct()],
            [.. pieces.Where(piece => piece.Kind == TextPieceKind.Tag).Select(piece => piece.Name).Distinct()],
            target?.Post.PostId,
            target?.Post.AuthorId,
            BoostOfId: null,
            BoostOfAuthorId: null,
            author.ApplicationName,
            author.ApplicationWebsite,
            request.IdempotencyKey,
            IdSequence.CreatedAt(postId));
    }

    private async Task<IReadOnlyDictionary<TextPiece, Mention>> MentionsIn(
        IReadOnlyList<TextPiece> pieces,
        CancellationToken cancellationToken)
    {
        TextPiece[] local = [.. pieces
            .Where(piece => piece.Kind == TextPieceKind.Mention && _ourDomains.Contains(piece.Domain))
            .Distinct()];
        var accounts = await names.Resolve([.. local.Select(piece => piece.Name).Distinct()], cancellationToken);
        return local.Where(piece => accounts.ContainsKey(piece.Name))
            .ToDictionary(piece => piece, piece => accounts[piece.Name]);
    }
}
