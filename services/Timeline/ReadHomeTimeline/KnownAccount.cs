using StackExchange.Redis;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>An account that this process has read.</summary>
/// <param name="Json">As clients see it.</param>
/// <param name="Change">What stood under its change key before it was read.</param>
/// <param name="ReadAt">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal sealed record KnownAccount(string Username, byte[] Json, bool IsSuspended, RedisValue Change, long ReadAt);
