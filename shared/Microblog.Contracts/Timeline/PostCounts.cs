namespace Microblog.Contracts.Timeline;

/// <summary>What happened to a post.</summary>
/// <param name="Version">Rises with every change; an older count never replaces a newer one.</param>
public sealed record PostCounts(long Replies, long Boosts, long Favourites, long Version);
