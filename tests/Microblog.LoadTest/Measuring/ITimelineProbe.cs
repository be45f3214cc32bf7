using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Measuring;

/// <summary>Looks whether a post can be read by somebody.</summary>
public interface ITimelineProbe
{
    /// <summary>To look again sooner would cost the system more than it tells.</summary>
    TimeSpan Interval { get; }

    Task<bool> Shows(Person reader, long postId, CancellationToken cancellationToken);
}
