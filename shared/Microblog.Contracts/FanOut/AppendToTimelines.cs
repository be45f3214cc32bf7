namespace Microblog.Contracts.FanOut;

/// <summary>
/// Put posts on timelines. Names at most <c>FollowGraphOptions.ReadersPerCommandMax</c> readers in all. Doing it
/// twice, or after a later command, ends in what a reader sees being the same.
/// </summary>
public sealed record AppendToTimelines(IReadOnlyList<Delivery> Deliveries);
