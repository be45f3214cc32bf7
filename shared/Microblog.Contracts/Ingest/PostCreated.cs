namespace Microblog.Contracts.Ingest;

/// <summary>
/// A post was accepted. It carries everything a reader needs, so that nobody asks back; it is the form in which a post
/// travels, in <see cref="PostsCreated"/>, is kept in Redis, and is answered by <c>GetPosts</c>. Two with the same id
/// say the same.
/// </summary>
/// <param name="PostId">Sorts by time: <c>unix_ms &lt;&lt; 16 | worker &lt;&lt; 10 | sequence</c>.</param>
/// <param name="Text">What the author wrote, at most 500 characters as clients count; empty for a boost.</param>
/// <param name="Content"><paramref name="Text"/> as sanitised HTML; empty for a boost.</param>
/// <param name="SpoilerText">Content warning as plain text; empty when there is none.</param>
/// <param name="Language">ISO 639 code; null when the author named none.</param>
/// <param name="Mentions">At most 50 accounts, without repetition.</param>
/// <param name="Tags">Hashtags in lower case without <c>#</c>, at most 50, without repetition.</param>
/// <param name="InReplyToId">The post replied to; null unless this is a reply.</param>
/// <param name="InReplyToAuthorId">Its author; null unless this is a reply.</param>
/// <param name="BoostOfId">The post boosted, never a boost itself; null unless this is a boost.</param>
/// <param name="BoostOfAuthorId">Its author; null unless this is a boost.</param>
/// <param name="ApplicationName">The client it was written with; null when unknown.</param>
/// <param name="IdempotencyKey">The client's key, unique per author; null when the client sent none.</param>
public sealed record PostCreated(
    long PostId,
    long AuthorId,
    string Text,
    string Content,
    string SpoilerText,
    bool Sensitive,
    Visibility Visibility,
    string? Language,
    IReadOnlyList<Mention> Mentions,
    IReadOnlyList<string> Tags,
    long? InReplyToId,
    long? InReplyToAuthorId,
    long? BoostOfId,
    long? BoostOfAuthorId,
    string? ApplicationName,
    string? ApplicationWebsite,
    string? IdempotencyKey,
    DateTimeOffset CreatedAt);
