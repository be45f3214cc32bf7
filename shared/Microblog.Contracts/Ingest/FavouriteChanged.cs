namespace Microblog.Contracts.Ingest;

/// <summary>
/// Someone favourited a post, or took that back. Of two changes by one account, the higher id is the later.
/// </summary>
/// <param name="ChangeId">Sorts by time; also the id of the author's notification.</param>
public sealed record FavouriteChanged(
    long ChangeId,
    long PostId,
    long AuthorId,
    long AccountId,
    bool IsFavourite,
    DateTimeOffset ChangedAt);
