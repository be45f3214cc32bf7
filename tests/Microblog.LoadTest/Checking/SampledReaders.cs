using System.Diagnostics;
using System.Globalization;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Checking;

/// <summary>
/// Some readers, drawn at random, who read their home timelines while the load lasts and again, whole, when it is over:
/// every accepted post that belongs into a timeline must be there once and in order. Posts of other shards are nobody's
/// business here: the shard that wrote them knows them.
/// </summary>
public sealed class SampledReaders(
    World world, IReadOnlyList<int> readers, Api api, Journal journal, TimeProvider clock)
{
    public const int ExamplesMax = 20;

    private const int PageSize = 40;
    private const int PagesMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(10);

    private readonly List<string> _examples = [];
    private readonly Dictionary<(int Reader, long Post), bool> _late = [];
    private long _doubled;
    private long _disordered;
    private long _pages;

    /// <summary>Draws readers who follow somebody; the same seed draws the same.</summary>
    public static IReadOnlyList<int> Draw(FollowGraph graph, int count, int seed)
    {
        var following = new bool[graph.PeopleCount];
        for (var person = 0; person < graph.PeopleCount; person++)
            foreach (var follower in graph.FollowersOf(person))
                following[follower] = true;
        var candidates = Enumerable.Range(0, graph.PeopleCount).Where(person => following[person]).ToArray();
        new Random(seed).Shuffle(candidates);
        return [.. candidates.Take(count).Order()];
    }

    /// <summary>Reads one newest page after the other, in turn, until it is cancelled.</summary>
    public async Task WatchWhileLoaded(CancellationToken cancellationToken)
    {
        for (var turn = 0; readers.Count > 0 && !cancellationToken.IsCancellationRequested; turn++)
        {
            var reader = readers[turn % readers.Count];
            var before = Stopwatch.GetTimestamp();
            if (await Page(reader, maxId: null) is { } ids)
            {
                CheckOrder(reader, ids);
                var due = Expected(reader)
                    .Where(post => Stopwatch.GetElapsedTime(post.AnsweredAt, before) > LateAfter)
                    .Select(post => post.Id);
                foreach (var id in TimelineCheck.Missing(ids, isWhole: ids.Count < PageSize, due))
                    _late.TryAdd((reader, id), true);
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Reads everything that was written. Who misses something looks again until it is there or the time is up.
    /// </summary>
    public async Task<CheckResult> CheckAll(TimeSpan patience, Progress progress, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (checkedCount, expected, missing) = (0, 0L, 0L);
        foreach (var reader in readers)
        {
            var mine = Expected(reader).Select(post => post.Id).ToArray();
            bool IsTimeUp() => Stopwatch.GetElapsedTime(start) > patience;
            var absent = await Absent(reader, mine, IsTimeUp, cancellationToken);
            // Who was interrupted has found nothing out.
            if (cancellationToken.IsCancellationRequested)
                break;
            expected += mine.Length;
            missing += absent.Count;
            foreach (var id in absent)
                Tell($"post {id} is not in the home timeline of {world.People[reader].Id}");
            progress.Say("timelines checked", ++checkedCount, readers.Count);
        }

        return new(checkedCount, expected, missing, _doubled, _disordered, _late.Count, _pages, [.. _examples]);
    }

    private async Task<IReadOnlyList<long>> Absent(
        int reader, long[] mine, Func<bool> isTimeUp, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> absent = mine;
        while (absent.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            if (await Whole(reader, mine.Min()) is { } ids)
            {
                CheckOrder(reader, ids);
                absent = TimelineCheck.Missing(ids, isWhole: true, Undisturbed(mine));
            }

            if (absent.Count == 0 || isTimeUp())
                break;
            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return absent;
    }

    private IEnumerable<AcceptedPost> Expected(int reader) =>
        journal.Posts.Where(post => !post.IsDisturbed && journal.Reaches(post, reader));

    private IEnumerable<long> Undisturbed(long[] ids)
    {
        var disturbed = journal.Posts.Where(post => post.IsDisturbed).Select(post => post.Id).ToHashSet();
        return ids.Where(id => !disturbed.Contains(id));
    }

    private void CheckOrder(int reader, IReadOnlyList<long> ids)
    {
        var (doubled, disordered) = (TimelineCheck.Doubled(ids), TimelineCheck.Disordered(ids));
        _doubled += doubled.Count;
        _disordered += disordered.Count;
        foreach (var id in doubled)
            Tell($"post {id} is twice in the home timeline of {world.People[reader].Id}");
        foreach (var id in disordered)
            Tell($"post {id} is below an older one in the home timeline of {world.People[reader].Id}");
    }

    /// <summary>Everything down to <paramref name="oldest"/>; null when a page was not answered.</summary>
    private async Task<IReadOnlyList<long>?> Whole(int reader, long oldest)
    {
        var all = new List<long>();
        for (var page = 0; page < PagesMax; page++)
        {
            if (await Page(reader, all.Count > 0 ? all[^1] : null) is not { } ids)
                return null;
            all.AddRange(ids);
            if (ids.Count < PageSize || ids[^1] <= oldest)
                break;
        }

        return all;
    }

    private async Task<IReadOnlyList<long>?> Page(int reader, long? maxId)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/timelines/home?limit={PageSize}{(maxId is null ? "" : $"&max_id={maxId}")}");
        var answer = await api.Send(HttpMethod.Get, path, world.People[reader].Token);
        _pages++;
        return answer.IsOk ? answer.Ids() : null;
    }

    private void Tell(string example)
    {
        if (_examples.Count < ExamplesMax)
            _examples.Add(example);
    }
}
