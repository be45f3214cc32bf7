using System.Diagnostics;
using System.Text.Json;
using Microblog.Bench.Systems;
using Microblog.Bench.Writing;
using Microblog.Keyspaces;
using Microblog.LoadTest;
using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Reading;

/// <summary>
/// Readers who differ in one thing at a time: how long their timelines are, and how many people they follow. Every post
/// in them was posted over HTTP and delivered.
/// </summary>
internal sealed class ReadingWorld
{
    private const int PostsOfFull = 800;
    private const int PostsOfShort = 20;
    private const int UsualFollowees = 40;
    private const int FewFollowees = 10;
    private const int ManyFollowees = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private ReadingWorld(World world, IReadOnlyDictionary<Kind, int[]> readers)
    {
        IReadOnlyList<Person> Of(Kind kind) => [.. readers[kind].Select(reader => world.People[reader])];
        (Usual, Few, Short, Many) = (Of(Kind.Usual), Of(Kind.Few), Of(Kind.Short), Of(Kind.Many));
    }

    private enum Kind
    {
        Usual,
        Few,
        Short,
        Many,
    }

    /// <summary>Full timelines, 40 followees.</summary>
    public IReadOnlyList<Person> Usual { get; }

    /// <summary>Full timelines, ten followees.</summary>
    public IReadOnlyList<Person> Few { get; }

    /// <summary>20 entries, ten followees.</summary>
    public IReadOnlyList<Person> Short { get; }

    /// <summary>The timelines of <see cref="Few"/>, and 5,000 followees.</summary>
    public IReadOnlyList<Person> Many { get; }

    /// <exception cref="InvalidOperationException">Somebody does not see a page of 20 posts.</exception>
    public static async Task<ReadingWorld> Make(BenchSystem system, CancellationToken cancellationToken)
    {
        var people = new List<int[]>();
        int[] Add(int count)
        {
            people.AddRange(Enumerable.Repeat(Array.Empty<int>(), count));
            return [.. Enumerable.Range(people.Count - count, count)];
        }

        var readers = new Dictionary<Kind, int[]>
        {
            [Kind.Usual] = Add(200),
            [Kind.Few] = Add(20),
            [Kind.Short] = Add(20),
            [Kind.Many] = Add(20),
        };
        var (usual, few, quick) = (Add(UsualFollowees), Add(FewFollowees), Add(FewFollowees));
        var silent = Add(ManyFollowees - FewFollowees);
        Follow(people, readers[Kind.Usual], usual);
        Follow(people, readers[Kind.Few], few);
        Follow(people, readers[Kind.Many], [.. few, .. silent]);
        Follow(people, readers[Kind.Short], quick);

        var world = await system.Make(FollowGraph.Of(people), cancellationToken);
        var made = new ReadingWorld(world, readers);
        await Post(system, world, [(usual, PostsOfFull), (few, PostsOfFull), (quick, PostsOfShort)], cancellationToken);
        foreach (var reader in (Person[])[.. made.Usual, .. made.Few, .. made.Short, .. made.Many])
            await Finish(system, reader, cancellationToken);
        foreach (var reader in new[] { made.Usual[0], made.Few[0], made.Short[0], made.Many[0] })
            await Check(system.Api, reader, cancellationToken);
        return made;
    }

    private static void Follow(List<int[]> people, int[] readers, int[] authors)
    {
        foreach (var author in authors)
            people[author] = [.. people[author], .. readers];
    }

    private static async Task Post(
        BenchSystem system,
        World world,
        IEnumerable<(int[] Authors, int Posts)> wanted,
        CancellationToken cancellationToken)
    {
        await using var delivery = await Delivery.Connect(system);
        foreach (var (authors, posts) in wanted)
        {
            var writing = authors
                .Select(author => new Author(
                    world.People[author],
                    [.. world.Graph.FollowersOf(author).ToArray().Select(follower => world.People[follower])]))
                .ToArray();
            var turns = Enumerable.Range(0, posts).Select(i => writing[i % writing.Length]);
            var result = await new Writers(system, writing).Each(turns, cancellationToken);
            if (result.Accepted < posts)
                throw new InvalidOperationException($"{posts - result.Accepted} posts were not accepted.");
            await delivery.Settle(result, cancellationToken);
        }
    }

    /// <summary>
    /// Reads until the timeline is finished: while the store was behind the posts that were delivered, it is read
    /// together with Postgres.
    /// </summary>
    /// <exception cref="TimeoutException">It is not.</exception>
    private static async Task Finish(BenchSystem system, Person reader, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (TimelineLists.IsUnfinished((long?)await system.Redis.Database.ListGetByIndexAsync(
            HomeTimelines.Key(reader.Id), 0)))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"The timeline of {reader.Id} is not finished.");
            await system.Api.Send(
                HttpMethod.Get, "/api/v1/timelines/home", reader.Token, cancellationToken: cancellationToken);
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task Check(Api api, Person reader, CancellationToken cancellationToken)
    {
        var answer = await api.Send(
            HttpMethod.Get, "/api/v1/timelines/home", reader.Token, cancellationToken: cancellationToken);
        if (!answer.IsOk || answer.Ids().Count != PostsOfShort)
            throw new InvalidOperationException($"A page of {PostsOfShort} posts was answered with {answer.Status}.");
        using var page = JsonDocument.Parse(answer.Body);
        if (page.RootElement.EnumerateArray().Any(post => post.GetProperty("content").GetString()!.Length < 9))
            throw new InvalidOperationException("A post on the page has no text.");
    }
}
