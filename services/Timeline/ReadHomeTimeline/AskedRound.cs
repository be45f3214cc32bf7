namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>A round that has been asked.</summary>
/// <param name="PostIds">About which posts, those included that are deleted.</param>
internal sealed record AskedRound(long[] PostIds, WarmRound Round) : IDisposable
{
    public void Dispose() => Round.Dispose();
}
