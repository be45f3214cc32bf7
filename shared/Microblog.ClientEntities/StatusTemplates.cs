using System.Globalization;
using Microblog.ClientEntities.Entities;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.Extensions.Options;

namespace Microblog.ClientEntities;

/// <summary>What of a status is the same for everybody and for ever: it can be made once and kept.</summary>
public sealed class StatusTemplates(IOptions<OriginOptions> options)
{
    private readonly string _origin = options.Value.Origin;

    /// <summary>
    /// A status without its author, its counters, what the viewer did with it and, for a boost, the original itself.
    /// </summary>
    /// <param name="username">Of the author.</param>
    /// <param name="original">What is boosted, whose content a boost repeats; null for any other post.</param>
    public Status Of(PostCreated post, string username, PostCreated? original)
    {
        var shown = original ?? post;
        return new(
            Id: Text(post.PostId),
            CreatedAt: post.CreatedAt,
            InReplyToId: original is null ? Text(post.InReplyToId) : null,
            InReplyToAccountId: original is null ? Text(post.InReplyToAuthorId) : null,
            Sensitive: shown.Sensitive,
            SpoilerText: shown.SpoilerText,
            Visibility: VisibilityNames.Of(post.Visibility),
            Language: shown.Language,
            Uri: $"{_origin}/users/{username}/statuses/{post.PostId}",
            Url: $"{_origin}/@{username}/{post.PostId}",
            RepliesCount: -1,
            ReblogsCount: -1,
            FavouritesCount: -1,
            EditedAt: null,
            Content: shown.Content,
            Reblog: null,
            Application: post.ApplicationName is { } name ? new(name, post.ApplicationWebsite) : null,
            Account: null!,
            MediaAttachments: [],
            Mentions:
            [
                .. shown.Mentions.Select(mention => new StatusMention(
                    Text(mention.AccountId),
                    mention.Username,
                    $"{_origin}/@{mention.Username}",
                    mention.Username)),
            ],
            Tags:
            [
                .. shown.Tags.Select(tag => new StatusTag(tag, $"{_origin}/tags/{Uri.EscapeDataString(tag)}")),
            ],
            Emojis: [],
            Card: null,
            Poll: null);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
