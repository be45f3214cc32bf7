using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>
/// What is asked of Redis for some lists at a time. Each method answers with the length of each list, 0 where there is
/// none.
/// </summary>
internal sealed class ListCommands(RedisGateway redis)
{
    /// <summary>Appends, whatever the lists hold.</summary>
    public async Task<long[]> Append(PushedRange range) => await redis.IsCluster()
        // Where keys live on several servers only the client knows the way.
        ? await RunByClient(range.Lists, (batch, list) => AppendByClient(batch, range, list))
        : await RunRaw(range.Lists, (commands, list) =>
        {
            commands.Begin(2 + range.Pushes.PostCount(list));
            commands.Word("RPUSHX"u8);
            commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
            foreach (var postId in range.Pushes.PostIds(list))
                commands.Word([], postId);
        });

    /// <summary>Puts ids where they belong, and none a second time: dear, see <see cref="TimelineInsert"/>.</summary>
    public Task<long[]> Insert(PushedRange range) => RunByClient(
        range.Lists,
        (batch, list) => batch.ScriptEvaluateAsync(
            TimelineInsert.Script,
            [range.Key(list)],
            [.. TimelineInsert.Settings, .. Ids(range, list)],
            CommandFlags.NoScriptCache));

    /// <summary>
    /// Appends where reads can repair the order, and elsewhere puts ids where they belong.
    /// </summary>
    public async Task<long[]> AppendInOrder(PushedRange range)
    {
        if (await redis.IsCluster())
            return await Insert(range);

        const int Displaced = -(TimelineInsert.DisorderMax + 1);
        var entries = await RunRaw(range.Lists, (commands, list) =>
        {
            commands.Begin(3);
            commands.Word("LINDEX"u8);
            commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
            // Behind more ids than reads can sort nothing newer may stand at all.
            commands.Word([], range.Pushes.PostCount(list) > TimelineInsert.DisorderMax ? -1 : Displaced);
        });
        var newer = range.Lists
            .Zip(entries)
            // A list with nothing there has fewer entries than reads can sort.
            .ToLookup(list => list.Second > range.FirstId(list.First), list => list.First);
        var appended = await Append(range with { Lists = [.. newer[false]] });
        var inserted = await Insert(range with { Lists = [.. newer[true]] });
        var lengths = newer[false].Zip(appended).Concat(newer[true].Zip(inserted)).ToDictionary();
        return [.. range.Lists.Select(list => lengths[list])];
    }

    /// <summary>Cuts lists back to what they keep.</summary>
    public Task<long[]> Trim(IReadOnlyList<string> keys) => RunByClient(
        keys,
        (batch, key) => batch.ScriptEvaluateAsync(
            TimelineScripts.Trim,
            [key],
            [-TimelineLists.EntriesMax, TimelineLists.Unfinished],
            CommandFlags.NoScriptCache));

    private async Task<long[]> RunRaw(IReadOnlyList<int> lists, Action<RawCommands, int> write)
    {
        if (lists.Count == 0)
            return [];
        using var commands = new RawCommands();
        for (var i = 0; i < lists.Count; i++)
            write(commands, lists[i]);
        return await redis.RunRaw(commands);
    }

    private async Task<long[]> RunByClient<T>(
        IReadOnlyList<T> all, Func<IBatch, T, Task<RedisResult>> command) => all.Count == 0
        ? []
        : await redis.Run(async database =>
        {
            var batch = database.CreateBatch();
            var replies = all.Select(one => command(batch, one)).ToArray();
            batch.Execute();
            return Array.ConvertAll(await Task.WhenAll(replies), reply => (long)reply);
        });

    private static Task<RedisResult> AppendByClient(IBatch batch, PushedRange range, int list) =>
        // The typed method of the oldest client takes one value only.
        batch.ExecuteAsync("RPUSHX", [(RedisKey)range.Key(list), .. Ids(range, list)]);

    private static List<RedisValue> Ids(PushedRange range, int list)
    {
        var ids = new List<RedisValue>(range.Pushes.PostCount(list));
        foreach (var postId in range.Pushes.PostIds(list))
            ids.Add(postId);
        return ids;
    }
}
