using Microblog.Keyspaces;
using Microblog.LoadTest;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Systems;

/// <summary>
/// A hundred thousand readers with full timelines, and authors who differ in their audiences. Larger than the caches of
/// a processor.
/// </summary>
public sealed class CrowdedWorld
{
    public const int ReaderCount = 100_000;

    /// <summary>Readers among whom <see cref="Apart"/> have their followers.</summary>
    public const int ApartReaderCount = 40_000;

    /// <summary>Readers among whom <see cref="Overlapping"/> have their followers.</summary>
    public const int OverlappingReaderCount = 10_000;

    /// <summary>Followers of one of <see cref="Apart"/> and <see cref="Overlapping"/>: one full page.</summary>
    public const int FollowersOfPage = 4_000;

    private const int OverlappingCount = 64;
    private const int OrdinaryCount = 200;
    private const int WarmUpAuthors = 16;
    private const int Seed = 1;

    private static readonly (int Followers, int Authors)[] Sizes =
        [(1, 64), (10, 64), (100, 64), (1_000, 64), (10_000, 64), (100_000, 8)];

    // Until the services' code is compiled as it stays; the first thousands of requests cost several times as much.
    private static readonly TimeSpan WarmUpMin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WarmUpPart = TimeSpan.FromSeconds(5);

    // What runs once a second is compiled after 30 calls and again after 60, in all services at the same time.
    private static readonly TimeSpan SteadyAge = TimeSpan.FromSeconds(65);

    private readonly World _world;

    private CrowdedWorld(World world)
    {
        _world = world;
        var authors = Enumerable.Range(ReaderCount, world.People.Count - ReaderCount)
            .Select(i => new Author(world.People[i], Followers(i)))
            .ToArray();
        const int ApartCount = ApartReaderCount / FollowersOfPage;
        Apart = authors[..ApartCount];
        Overlapping = authors[ApartCount..(ApartCount + OverlappingCount)];
        Sized = authors[(ApartCount + OverlappingCount)..^OrdinaryCount]
            .GroupBy(author => author.Followers.Count)
            .ToDictionary(some => some.Key, some => (IReadOnlyList<Author>)[.. some]);
        Ordinary = authors[^OrdinaryCount..];
    }

    /// <summary>Ten authors with 4,000 followers each; nobody follows two of them.</summary>
    public IReadOnlyList<Author> Apart { get; }

    /// <summary>64 authors with 4,000 followers each, drawn from the same 10,000.</summary>
    public IReadOnlyList<Author> Overlapping { get; }

    /// <summary>
    /// Authors by their followers, 1, 10, 100 … 100,000: 64 of a size, and of the largest so many that a post of each
    /// makes 800,000 deliveries.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyList<Author>> Sized { get; }

    /// <summary>200 authors with 75 followers in the mean: many with 30, few with hundreds.</summary>
    public Author[] Ordinary { get; }

    public IReadOnlyList<Person> Readers => [.. _world.People.Take(ReaderCount)];

    public static async Task<CrowdedWorld> Make(
        BenchSystem system, Progress progress, CancellationToken cancellationToken)
    {
        var world = await system.Make(FollowGraph.Of(AllFollowers()), cancellationToken);
        progress.Say("Timelines are filled");
        var filler = await TimelineFiller.Connect(system.Engines.Redis!, TimeProvider.System);
        using (filler)
        {
            await filler.Fill([.. world.People.Take(ReaderCount).Select(reader => HomeTimelines.Key(reader.Id))]);
            await filler.Compact();
        }

        progress.Say("The system warms up");
        var crowd = new CrowdedWorld(world);
        // A few seconds at a time: of more posts the first would be gone from the timelines when they are checked.
        for (var begun = system.Age; system.Age < begun + WarmUpMin || system.Age < SteadyAge;)
            await new Posting(system).Run(crowd.Ordinary[..WarmUpAuthors], WarmUpPart, cancellationToken);
        return crowd;
    }

    private IReadOnlyList<Person> Followers(int author) =>
        [.. _world.Graph.FollowersOf(author).ToArray().Select(follower => _world.People[follower])];

    private static int[][] AllFollowers()
    {
        var random = new Random(Seed);
        var common = Enumerable.Range(0, ApartReaderCount).ToArray();
        const int ApartCount = ApartReaderCount / FollowersOfPage;
        return
        [
            .. Enumerable.Repeat(Array.Empty<int>(), ReaderCount),
            .. Enumerable.Range(0, ApartCount).Select(i => common.Where(reader => reader % ApartCount == i).ToArray()),
            .. Enumerable.Range(0, OverlappingCount)
                .Select(_ => Drawn(random, OverlappingReaderCount, FollowersOfPage)),
            .. Sizes.SelectMany(size => Enumerable.Repeat(size.Followers, size.Authors))
                .Select(count => Drawn(random, ReaderCount, count)),
            .. OrdinaryCounts().Select(count => Drawn(random, ReaderCount, count)),
        ];
    }

    /// <summary>A Pareto distribution with a mean of 75, cut off where 200 authors end.</summary>
    private static int[] OrdinaryCounts()
    {
        const double Mean = 75;
        var shares = Enumerable.Range(0, OrdinaryCount)
            .Select(i => Math.Pow(1 - ((i + 0.5) / OrdinaryCount), -1 / 1.5))
            .ToArray();
        return [.. shares.Select(share => (int)Math.Round(share * Mean / shares.Average()))];
    }

    private static int[] Drawn(Random random, int from, int count)
    {
        var drawn = new HashSet<int>(count);
        while (drawn.Count < count)
            drawn.Add(random.Next(from));
        return [.. drawn];
    }
}
