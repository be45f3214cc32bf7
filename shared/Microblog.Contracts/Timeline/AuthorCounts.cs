namespace Microblog.Contracts.Timeline;

/// <summary>How many posts and boosts an account has.</summary>
/// <param name="LastPostOn">Day of the newest one; null when there is none.</param>
/// <param name="Version">Rises with every change; an older count never replaces a newer one.</param>
public sealed record AuthorCounts(long AccountId, long Posts, DateOnly? LastPostOn, long Version);
