using Microblog.ClientEntities.Entities;

namespace Microblog.Timeline.ReadPost;

/// <summary>One version of a post.</summary>
internal sealed record StatusEdit(
    string Content,
    string SpoilerText,
    bool Sensitive,
    DateTimeOffset CreatedAt,
    Account Account,
    IReadOnlyList<object> MediaAttachments,
    IReadOnlyList<object> Emojis)
{
    public static StatusEdit Of(Status status) => new(
        status.Content,
        status.SpoilerText,
        status.Sensitive,
        status.CreatedAt,
        status.Account,
        status.MediaAttachments,
        status.Emojis);
}
