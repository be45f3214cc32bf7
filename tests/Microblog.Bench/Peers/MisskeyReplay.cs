namespace Microblog.Bench.Peers;

/// <summary>P1: one pipeline for all followers, a list of 300 texts each, trimmed in one push of ten.</summary>
public sealed class MisskeyReplay(int timelineCount, RespClient redis) : IReplay
{
    private const int EntriesMax = 300;
    private const double TrimProbability = 0.1;

    private readonly Random _random = new(1);

    public Task Prepare() => redis.PushLists(
        Enumerable.Range(0, timelineCount).Select(Key), [.. Enumerable.Range(0, EntriesMax).Select(i => Text(i))]);

    public async Task Deliver(long postId, IReadOnlyList<int> followers)
    {
        var id = Text(postId);
        foreach (var follower in followers)
        {
            var key = Key(follower);
            redis.Add("LPUSH", key, id);
            if (_random.NextDouble() < TrimProbability)
                redis.Add("LTRIM", key, "0", "299");
        }

        await redis.Run();
    }

    public void Dispose() => redis.Dispose();

    // Sixteen characters that begin with a letter, as its ids do in our decade: never kept as a number.
    internal static string Text(long id) => $"a{id % 1_000_000_000_000_000:d15}";

    private static string Key(int follower) => $"list:homeTimeline:{follower:d12}";
}
