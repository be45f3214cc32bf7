namespace Microblog.Bench.Peers;

/// <summary>P2: one pipeline for all followers, a sorted set each, never trimmed.</summary>
public sealed class DeathStarBenchReplay(string settings, int timelineCount, RespClient redis) : IReplay
{
    public Task Prepare() => SortedSets.Fill(settings, [.. Enumerable.Range(0, timelineCount).Select(Key)]);

    public async Task Deliver(long postId, IReadOnlyList<int> followers)
    {
        var (id, at) = (SortedSets.Text(postId), SortedSets.Text(postId >> 16));
        foreach (var follower in followers)
            redis.Add("ZADD", Key(follower), "NX", at, id);
        await redis.Run();
    }

    public void Dispose() => redis.Dispose();

    private static string Key(int follower) => $"bench:dsb:{follower:d12}";
}
