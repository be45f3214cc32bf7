using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Memory;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Reads lists of post ids, in one round trip each, and lets a list that is read live on. What the list's owner wrote a
/// moment ago belongs to it, delivered or not.
/// </summary>
internal sealed class TimelineReader(RedisGateway redis, TimeProvider clock)
{
    private const int ExtensionsMax = 20_000;
    private const int CommandBytes = 512;

    /// <summary>Ids beyond a page and its margin, in case some of them do not pass, or stand there twice.</summary>
    private const int Spare = 4;

    /// <summary>Of a month that a list lives on after a read, so much is not worth a command.</summary>
    private static readonly TimeSpan ExtendEvery = TimeSpan.FromHours(1);

    private readonly RecentlyUsed<string, Extension> _extended = new(ExtensionsMax);

    /// <summary>More entries than any list has between two trims.</summary>
    private const int All = 1_000_000;

    /// <summary>
    /// The newest ids: enough for a page of <paramref name="count"/>, the margin in which order is repaired, and some
    /// to spare.
    /// </summary>
    public Task<ListedIds> Newest(TimelineList list, int count) => Read(list, count + TimelineLists.ReadMargin + Spare);

    /// <summary>All ids; at most <see cref="TimelineLists.EntriesMax"/> and a little more.</summary>
    public Task<ListedIds> Whole(TimelineList list) => Read(list, All);

    private async Task<ListedIds> Read(TimelineList list, int count)
    {
        using var commands = new RawCommands(CommandBytes);
        Range(commands, list.Key, -count);
        commands.Begin(3);
        commands.Word("LINDEX"u8);
        commands.Word(list.Key);
        commands.Word([], 0);
        Range(commands, NewestPosts.Key(list.OwnerId), 0);
        LiveOn(commands, list);
        using var answer = await redis.Ask(commands);

        var entries = answer.Numbers(0);
        var isWhole = entries.Length < count;
        // The head that belongs to what was read, whatever has happened to the list between the commands.
        var first = isWhole ? entries.Select(entry => (long?)entry).FirstOrDefault() : answer.Number(1, 0);
        return ListedIds.Of(first, entries, isWhole).Including(answer.Numbers(2));
    }

    private static void Range(RawCommands commands, string key, long from)
    {
        commands.Begin(4);
        commands.Word("LRANGE"u8);
        commands.Word(key);
        commands.Word([], from);
        commands.Word([], -1);
    }

    private void LiveOn(RawCommands commands, TimelineList list)
    {
        var now = clock.GetUtcNow();
        if (_extended.TryGet(list.Key, out var extended) && extended.At + ExtendEvery > now)
            return;
        _extended.Keep(list.Key, new(now));
        if (list.IsHome)
        {
            commands.Begin(4);
            commands.Word("HSET"u8);
            commands.Word(LastReads.Key(list.OwnerId));
            commands.Word([], list.OwnerId);
            commands.Word([], LastReads.Day(now));
        }
        else
        {
            commands.Begin(3);
            commands.Word("EXPIRE"u8);
            commands.Word(list.Key);
            commands.Word([], (long)TimelineLists.Lifetime.TotalSeconds);
        }
    }

    private sealed record Extension(DateTimeOffset At);
}
