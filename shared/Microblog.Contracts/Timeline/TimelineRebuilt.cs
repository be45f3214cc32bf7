namespace Microblog.Contracts.Timeline;

/// <summary>A home timeline was built anew.</summary>
/// <param name="PostCount">Posts in it.</param>
/// <param name="IsFinished">
/// False while posts wait to be stored: the timeline is read together with Postgres, and a later read finishes it.
/// </param>
public sealed record TimelineRebuilt(long ReaderId, int PostCount, bool IsFinished);
