using System.Text.Json.Serialization;

namespace Microblog.ClientEntities.Entities;

/// <summary>A post as clients see it. Inside the system it is called a post.</summary>
/// <param name="Content">HTML; for a boost, that of the original.</param>
/// <param name="Reblog">The post boosted; null, but present, for all others.</param>
/// <param name="Favourited">Whether the reader did; absent for an anonymous one, like the four after it.</param>
/// <param name="Text">The source, only in the answer to a deletion.</param>
public sealed record Status(
    string Id,
    DateTimeOffset CreatedAt,
    string? InReplyToId,
    string? InReplyToAccountId,
    bool Sensitive,
    string SpoilerText,
    string Visibility,
    string? Language,
    string Uri,
    string Url,
    long RepliesCount,
    long ReblogsCount,
    long FavouritesCount,
    DateTimeOffset? EditedAt,
    string Content,
    Status? Reblog,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StatusApplication? Application,
    Account Account,
    IReadOnlyList<object> MediaAttachments,
    IReadOnlyList<StatusMention> Mentions,
    IReadOnlyList<StatusTag> Tags,
    IReadOnlyList<object> Emojis,
    object? Card,
    object? Poll,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Favourited = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Reblogged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Muted = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Bookmarked = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Pinned = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<object>? Filtered = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null);
