namespace Microblog.Bench.Peers;

/// <summary>What another system asks of Redis to bring posts into timelines.</summary>
public interface IReplay : IDisposable
{
    /// <summary>Timelines as long as the other system keeps them.</summary>
    Task Prepare();

    /// <summary>Brings one post into the timelines of these followers.</summary>
    Task Deliver(long postId, IReadOnlyList<int> followers);
}
