namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>An account that this process has read.</summary>
/// <param name="Json">As clients see it.</param>
/// <param name="Change">What stood under its change key before it was read; null for nothing.</param>
/// <param name="ReadAt">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal sealed record KnownAccount(string Username, byte[] Json, bool IsSuspended, long? Change, long ReadAt);
