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
    /// <summary>Appends ids that hardly anything has overtaken.</summary>
    public Task<long[]> Append(PushedRange range)
    {
        // So many at once can displace more than reads repair, were the batch overtaken only by the one beside it.
        bool IsMany(int list) => range.Pushes.PostIds(list).Length > TimelineLists.ReadMargin;
        return range.Lists.Any(IsMany) ? Both(range, range.Lists.ToLookup(IsMany), AppendLate, Push) : Push(range);
    }

    /// <summary>Puts ids where they belong, and none a second time: dear, see <see cref="TimelineInsert"/>.</summary>
    public Task<long[]> InsertRepeated(PushedRange range) => Insert(range, TimelineInsert.ForRepeated);

    /// <summary>
    /// Appends ids that others overtook where reads can repair the order, and elsewhere puts them where they belong.
    /// </summary>
    public async Task<long[]> AppendLate(PushedRange range)
    {
        if (await redis.IsCluster())
            return await Insert(range, TimelineInsert.ForLate);

        using var tails = await Tails(range);
        var inReach = range.Lists.Zip(range.Lists.Select((list, i) => IsInReach(range, list, tails, i)))
            .ToLookup(list => list.Second, list => list.First);
        return await Both(range, inReach, Push, late => Insert(late, TimelineInsert.ForLate));
    }

    /// <summary>Cuts lists back to what they keep; the mark of an unfinished one stays at its head.</summary>
    public async Task Trim(PushedRange range)
    {
        if (await redis.IsCluster())
        {
            await TrimByScript(range);
            return;
        }

        // A script costs more than the rest, and hardly any list needs it. No list becomes an unfinished one of this
        // length in between.
        var heads = await Heads(range);
        var lists = range.Lists.Zip(heads)
            .ToLookup(list => TimelineLists.IsUnfinished(list.Second), list => list.First);
        await RunRaw([.. lists[false]], (commands, list) =>
        {
            commands.Begin(4);
            commands.Word("LTRIM"u8);
            commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
            commands.Word([], -TimelineLists.EntriesMax);
            commands.Word([], -1);
        });
        await TrimByScript(range with { Lists = [.. lists[true]] });
    }

    private Task<long[]> TrimByScript(PushedRange range) => RunByClient(
        range.Lists,
        (batch, list) => batch.ScriptEvaluateAsync(
            TimelineScripts.Trim,
            [range.Key(list)],
            [-TimelineLists.EntriesMax, TimelineLists.Unfinished],
            CommandFlags.NoScriptCache));

    private async Task<long[]> Push(PushedRange range) => await redis.IsCluster()
        // Where keys live on several servers only the client knows the way.
        ? await RunByClient(range.Lists, (batch, list) => AppendByClient(batch, range, list))
        : await RunRaw(range.Lists, (commands, list) =>
        {
            commands.Begin(2 + range.Pushes.PostIds(list).Length);
            commands.Word("RPUSHX"u8);
            commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
            foreach (var postId in range.Pushes.PostIds(list))
                commands.Word([], postId);
        });

    /// <summary>Does the one with some lists and the other with the rest.</summary>
    private static async Task<long[]> Both(
        PushedRange range,
        ILookup<bool, int> lists,
        Func<PushedRange, Task<long[]>> some,
        Func<PushedRange, Task<long[]>> others)
    {
        var done = await some(range with { Lists = [.. lists[true]] });
        var doneOthers = await others(range with { Lists = [.. lists[false]] });
        var lengths = lists[true].Zip(done).Concat(lists[false].Zip(doneOthers)).ToDictionary();
        return [.. range.Lists.Select(list => lengths[list])];
    }

    // Not only what stands where reach ends: what is newer sinks with every late post, and would sink past that place
    // unseen.
    private async Task<RawAnswer> Tails(PushedRange range)
    {
        using var commands = new RawCommands();
        foreach (var list in range.Lists)
        {
            commands.Begin(4);
            commands.Word("LRANGE"u8);
            commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
            commands.Word([], -TimelineInsert.NearMax);
            commands.Word([], -1);
        }

        return await redis.Ask(commands);
    }

    /// <summary>Whether a read still finds what is newer when the ids stand behind it.</summary>
    private static bool IsInReach(PushedRange range, int list, RawAnswer tails, int command)
    {
        var (firstId, tailLength) = (range.FirstId(list), tails.Count(command));
        for (var i = 0; i < tailLength; i++)
        {
            if (tails.Number(command, i) > firstId)
                return tailLength - 1 - i + range.Pushes.PostIds(list).Length <= TimelineInsert.DisorderMax;
        }

        return true;
    }

    private Task<long[]> Heads(PushedRange range) => RunRaw(range.Lists, (commands, list) =>
    {
        commands.Begin(3);
        commands.Word("LINDEX"u8);
        commands.Word(range.Family.Prefix, range.Pushes.OwnerId(list));
        commands.Word([], 0);
    });

    private Task<long[]> Insert(PushedRange range, IEnumerable<long> settings) => RunByClient(
        range.Lists,
        (batch, list) => batch.ScriptEvaluateAsync(
            TimelineInsert.Script,
            [range.Key(list)],
            [.. settings, .. Ids(range, list)],
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

    private async Task<long[]> RunByClient(
        IReadOnlyList<int> lists, Func<IBatch, int, Task<RedisResult>> command) => lists.Count == 0
        ? []
        : await redis.Run(async database =>
        {
            var batch = database.CreateBatch();
            var replies = lists.Select(list => command(batch, list)).ToArray();
            batch.Execute();
            return Array.ConvertAll(await Task.WhenAll(replies), reply => (long)reply);
        });

    private static Task<RedisResult> AppendByClient(IBatch batch, PushedRange range, int list) =>
        // The typed method of the oldest client takes one value only.
        batch.ExecuteAsync("RPUSHX", [(RedisKey)range.Key(list), .. Ids(range, list)]);

    private static List<RedisValue> Ids(PushedRange range, int list)
    {
        var ids = new List<RedisValue>(range.Pushes.PostIds(list).Length);
        foreach (var postId in range.Pushes.PostIds(list))
            ids.Add(postId);
        return ids;
    }
}
