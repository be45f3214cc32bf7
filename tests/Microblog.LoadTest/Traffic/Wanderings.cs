using System.Collections.Concurrent;

namespace Microblog.LoadTest.Traffic;

/// <summary>
/// Follows that a run makes and takes back, beside those of the world, so that the world is the same afterwards.
/// </summary>
public sealed class Wanderings
{
    /// <summary>When there are so many, the oldest is taken back before a new one is made.</summary>
    public const int FollowsMax = 200;

    private readonly ConcurrentQueue<(int Follower, int Followee)> _follows = new();
    private readonly ConcurrentDictionary<(int Follower, int Followee), bool> _known = new();

    public int Count => _follows.Count;

    /// <summary>False when that follow is one of these already.</summary>
    public bool TryBegin(int follower, int followee) => _known.TryAdd((follower, followee), true);

    /// <summary>It was answered, or nobody knows: either way it is to be taken back.</summary>
    public void Made(int follower, int followee) => _follows.Enqueue((follower, followee));

    /// <summary>The oldest, to be taken back; null when there are none.</summary>
    public (int Follower, int Followee)? Oldest() => _follows.TryDequeue(out var follow) ? follow : null;

    public void TakenBack((int Follower, int Followee) follow) => _known.TryRemove(follow, out _);
}
