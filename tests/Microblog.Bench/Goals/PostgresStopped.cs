using System.Globalization;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;
using Microblog.Bench.Writing;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Goals;

/// <summary>
/// G10: posting and reading with Postgres stopped against with it, how fast it catches up afterwards, and how long a
/// timeline takes that has to be made anew. Everything that was accepted must be stored, once.
/// </summary>
internal sealed class PostgresStopped : IGoal
{
    private const int Clients = 32;
    private const int ReadClients = 4;
    private const int Authors = 100;
    private const int Readers = 200;
    private const int Followees = 40;
    private const int RoundsMax = 3;

    public string Id => "G10";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        // Production drains slowly on purpose; how fast it could is asked here.
        var system = await context.FreshSystem(
            new Dictionary<string, string> { ["Timeline__CatchUpPostsPerSecond"] = "1000000" }, cancellationToken);
        var world = await system.Make(Graph(), cancellationToken);
        var authors = Enumerable.Range(Readers, Authors).Select(i => new Author(
            world.People[i],
            [.. world.Graph.FollowersOf(i).ToArray().Select(follower => world.People[follower])])).ToArray();
        await using var outage = await PostgresOutage.Prepare(
            system, new Writers(system, authors), [.. world.People.Take(Readers)], cancellationToken);

        var rounds = new List<PostgresOutage.Round>();
        var single = new List<double>();
        for (var i = 0; i <= Math.Min(RoundsMax, context.Blocks.Rounds); i++)
        {
            var round = await outage.Suffer(
                isWithFirst: i % 2 == 1, Clients, ReadClients, context.Blocks.Length, cancellationToken);
            // Beside each: it waits for the disk, of which others take now more and now less.
            var inserts = await SingleRows.Measure(system.Engines.Postgres!, context.Blocks.Length, cancellationToken);
            if (i > 0)
            {
                rounds.Add(round);
                single.Add(inserts);
            }

            context.Progress.Show($"G10: outage {i} of {Math.Min(RoundsMax, context.Blocks.Rounds)}");
        }

        var rebuilds = new List<Histogram>();
        for (var i = 0; i < context.Blocks.Rounds; i++)
            rebuilds.Add(await outage.Rebuild(cancellationToken));
        return
        [
            new("G10a", "posts accepted/s with Postgres stopped ÷ with it", "x", Bounds.AtLeast(0.7, 0.9),
                [.. rounds.Select(round => round.PostsWithout / round.PostsWith)])
            {
                Measured = Ratio(
                    rounds.Select(round => round.PostsWithout), rounds.Select(round => round.PostsWith), "posts/s"),
            },
            new("G10b", "home timelines/s with Postgres stopped ÷ with it", "x", Bounds.AtLeast(0.95, 0.95),
                [.. rounds.Select(round => round.ReadsWithout / round.ReadsWith)])
            {
                Measured = Ratio(
                    rounds.Select(round => round.ReadsWithout), rounds.Select(round => round.ReadsWith), "reads/s"),
            },
            new("G10c", "rows stored/s while catching up ÷ single-row inserts/s", "x", Bounds.AtLeast(10, 20),
                [.. rounds.Zip(single, (round, inserts) => round.RowsPerSecond / inserts)])
            {
                Measured = Ratio(rounds.Select(round => round.RowsPerSecond), single, "rows/s"),
                Note = "µs of CPU per row: " + Use(rounds) + ". The rows have all that posts need: the look for the "
                    + "same idempotency key, counters, and lists and counts in Redis that must be told. The bound of "
                    + "production, Timeline__CatchUpPostsPerSecond, is lifted here.",
            },
            new("G10d", "reading a timeline of 800 entries that was lost, p99", "ms", Bounds.AtMost(50, 20),
                [.. rebuilds.Select(rebuild => rebuild.Milliseconds(0.99))])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture, $"p50 {rebuilds[^1].Milliseconds(0.5):0.0} ms, one after the other"),
            },
        ];
    }

    private static string Use(IReadOnlyList<PostgresOutage.Round> rounds) =>
        rounds.Select(round => round.Use).Aggregate((sum, one) => sum.Plus(one))
            .Describe(rounds.Sum(round => round.Rows));

    private static string Ratio(IEnumerable<double> ours, IEnumerable<double> peer, string unit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Spread.Of([.. ours]).Median:#,0} ÷ {Spread.Of([.. peer]).Median:#,0} {unit}");

    private static FollowGraph Graph()
    {
        var random = new Random(1);
        var followers = Enumerable.Range(0, Readers + Authors).Select(_ => new List<int>()).ToArray();
        var authors = Enumerable.Range(Readers, Authors).ToArray();
        for (var reader = 0; reader < Readers; reader++)
        {
            random.Shuffle(authors);
            foreach (var author in authors.Take(Followees))
                followers[author].Add(reader);
        }

        return FollowGraph.Of([.. followers.Select(some => some.ToArray())]);
    }
}
