namespace Microblog.Bench.Peers;

/// <summary>
/// P3: six commands for each follower. Kindly all of a chunk in one pipeline (P3a) or, as they are issued, one after
/// the other on 25 connections (P3b); the queue of jobs is left out.
/// </summary>
public sealed class MastodonReplay(string settings, int timelineCount, IReadOnlyList<RespClient> connections) : IReplay
{
    /// <summary>Threads of a job runner as it is commonly set up.</summary>
    public const int Connections = 25;

    private const int FollowersPerPipeline = 500;

    public Task Prepare() => SortedSets.Fill(settings, [.. Enumerable.Range(0, timelineCount).Select(Key)]);

    public Task Deliver(long postId, IReadOnlyList<int> followers) => connections.Count == 1
        ? DeliverTogether(postId, followers)
        : Task.WhenAll(connections.Select((connection, i) =>
            DeliverOneByOne(connection, postId, followers.Where((_, j) => j % connections.Count == i))));

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    private async Task DeliverTogether(long postId, IReadOnlyList<int> followers)
    {
        foreach (var some in followers.Chunk(FollowersPerPipeline))
        {
            foreach (var follower in some)
                foreach (var command in Commands(postId, follower))
                    connections[0].Add(command);
            await connections[0].Run();
        }
    }

    private static async Task DeliverOneByOne(RespClient connection, long postId, IEnumerable<int> followers)
    {
        foreach (var follower in followers)
        {
            foreach (var command in Commands(postId, follower))
            {
                connection.Add(command);
                await connection.Run();
            }
        }
    }

    private static IEnumerable<string[]> Commands(long postId, int follower)
    {
        var (key, id) = (Key(follower), SortedSets.Text(postId));
        var reblogs = key + ":reblogs";
        yield return ["ZSCORE", reblogs, id];
        yield return ["ZADD", key, id, id];
        yield return ["ZREMRANGEBYRANK", key, "0", "-801"];
        yield return ["ZREVRANGE", key, "40", "40", "WITHSCORES"];
        yield return ["ZRANGEBYSCORE", reblogs, "0", id];
        yield return ["EXISTS", $"subscribed:timeline:{follower}"];
    }

    private static string Key(int follower) => $"feed:home:{follower:d12}";
}
