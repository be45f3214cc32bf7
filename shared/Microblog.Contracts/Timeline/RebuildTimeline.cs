namespace Microblog.Contracts.Timeline;

/// <summary>
/// Forget the home timeline of a reader and build it from Postgres; answered with <see cref="TimelineRebuilt"/>.
/// </summary>
public sealed record RebuildTimeline(long ReaderId);
