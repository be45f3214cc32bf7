namespace Microblog.Contracts.Timeline;

/// <summary>What an account did with a post.</summary>
/// <param name="BoostId">The id of its boost; 0 when it did not boost.</param>
public sealed record PostMark(long PostId, bool IsFavourite, bool IsBookmarked, long BoostId);
