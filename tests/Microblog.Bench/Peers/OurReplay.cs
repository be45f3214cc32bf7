using Microblog.Keyspaces;

namespace Microblog.Bench.Peers;

/// <summary>
/// What our FanOut asks of Redis, through the same client as the others': pipelines of as many pushes, and a trim of
/// what has become too long.
/// </summary>
public sealed class OurReplay(int timelineCount, RespClient redis) : IReplay
{
    // As FanOutOptions has it.
    private const int CommandsPerPipeline = 4_000;

    private static readonly string EntriesKept = SortedSets.Text(-TimelineLists.EntriesMax);

    private readonly int[] _lengths = new int[timelineCount];
    private readonly string[] _keys = [.. Enumerable.Range(0, timelineCount).Select(Key)];

    public async Task Prepare()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string Old(int i) => SortedSets.Text((now - TimelineLists.EntriesMax - TimelineLists.TrimMargin + i) << 16);
        await redis.PushLists(_keys, [.. Enumerable.Range(0, TimelineLists.EntriesMax).Select(Old)]);
        for (var i = 0; i < timelineCount; i++)
        {
            // In a system that runs some of them are about to be trimmed, not all at once.
            _lengths[i] = TimelineLists.EntriesMax + (i % (TimelineLists.TrimMargin + 1));
            for (var more = TimelineLists.EntriesMax; more < _lengths[i]; more++)
                redis.Add("RPUSHX", _keys[i], Old(more));
            if (i % CommandsPerPipeline == 0)
                await redis.Run();
        }

        await redis.Run();
    }

    public async Task Deliver(long postId, IReadOnlyList<int> followers)
    {
        var id = SortedSets.Text(postId);
        foreach (var some in followers.Chunk(CommandsPerPipeline))
        {
            foreach (var follower in some)
            {
                redis.Add("RPUSHX", _keys[follower], id);
                _lengths[follower]++;
            }

            await redis.Run();
            int[] tooLong =
                [.. some.Where(follower => _lengths[follower] > TimelineLists.EntriesMax + TimelineLists.TrimMargin)];
            foreach (var follower in tooLong)
                redis.Add("LINDEX", _keys[follower], "0");
            await redis.Run();
            foreach (var follower in tooLong)
            {
                redis.Add("LTRIM", _keys[follower], EntriesKept, "-1");
                _lengths[follower] = TimelineLists.EntriesMax;
            }

            await redis.Run();
        }
    }

    public void Dispose() => redis.Dispose();

    private static string Key(int follower) => HomeTimelines.Key(((long)follower << 32) + 100_000_000_000_000_000);
}
