namespace Microblog.Contracts.Ingest;

/// <summary>
/// Someone bookmarked a post, or took that back. Of two changes by one account, the higher id is the later.
/// </summary>
public sealed record BookmarkChanged(
    long ChangeId,
    long PostId,
    long AccountId,
    bool IsBookmarked,
    DateTimeOffset ChangedAt);
