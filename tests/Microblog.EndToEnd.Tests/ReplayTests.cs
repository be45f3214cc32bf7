using RabbitMQ.Client;

namespace Microblog.EndToEnd.Tests;

/// <summary>
/// All that was ever said in a story of posts, follows and their undoing comes again, in any order and up to three
/// times, when everything has been undone for long. Nothing that anybody sees may change.
/// </summary>
[Collection(nameof(KilledServiceTests))]
public sealed class ReplayTests
{
    private const string Tap = "tests-tap";
    private const int TimesMax = 3;
    private const int Rounds = 3;

    // Who asks a question waits for its answer, and is gone.
    private static readonly string[] Questions = ["get-", "find-", "resolve-", "count-", "rebuild-"];

    private static readonly Topology[] Told =
        [.. Topology.Bindings.Where(binding => !Questions.Any(binding.Exchange.Split('.')[^1].StartsWith))];

    [Fact]
    public async Task Everything_said_again_in_any_order_changes_nothing_that_anybody_sees()
    {
        var system = await RunningSystem.Get();
        Person[] people =
            [await system.NewPerson("alice"), await system.NewPerson("bob"), await system.NewPerson("carol")];
        foreach (var person in people)
            await person.Home();
        var factory = new ConnectionFactory { Uri = new(system.Server("MICROBLOG_RABBITMQ")) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Tap, durable: false, exclusive: true, autoDelete: true);
        foreach (var exchange in Told.Select(binding => binding.Exchange).Distinct())
            await channel.QueueBindAsync(Tap, exchange, "#");

        await Story(people[0], people[1], people[2]);
        await AreEmpty(channel);
        var before = await Seen(people);

        var said = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(Tap, autoAck: true) is { } message)
            said.Add(message);
        Assert.True(said.Count > 20, $"Only {said.Count} messages were heard.");
        var seed = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % int.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            await SayAgain(channel, said, new Random(seed + round));
            await AreEmpty(channel);
            Assert.All(before.Zip(await Seen(people)), line => Assert.True(
                line.First == line.Second, $"Seed {seed + round} turned\n{line.First}\ninto\n{line.Second}"));
        }
    }

    /// <summary>Each of these things is undone again, except where it shows that it stays.</summary>
    private static async Task Story(Person alice, Person bob, Person carol)
    {
        await bob.Follow(alice);
        await carol.Follow(alice);
        await carol.Follow(bob);
        var first = await alice.Write("first");
        await alice.Write($"for @{bob.Username}");
        await carol.Sees(first);
        var regretted = await alice.Write("regretted");
        var reply = await bob.Write($"a reply to @{alice.Username}", inReplyTo: first);
        var boost = (string)(await carol.Post($"/api/v1/statuses/{first}/reblog")).Ok()["id"]!;
        await bob.Post($"/api/v1/statuses/{first}/reblog");
        await bob.Post($"/api/v1/statuses/{first}/favourite");
        await carol.Post($"/api/v1/statuses/{first}/favourite");
        await carol.Post($"/api/v1/statuses/{reply}/bookmark");
        await bob.Sees(regretted);
        await carol.Sees(reply);

        (await alice.Delete($"/api/v1/statuses/{regretted}")).Ok();
        (await bob.Post($"/api/v1/statuses/{first}/unreblog")).Ok();
        (await bob.Post($"/api/v1/statuses/{first}/unfavourite")).Ok();
        (await carol.Post($"/api/v1/statuses/{reply}/unbookmark")).Ok();
        (await bob.Post($"/api/v1/accounts/{alice.Id}/unfollow")).Ok();
        (await carol.Post($"/api/v1/accounts/{bob.Id}/block")).Ok();
        await carol.Sees(boost);
    }

    private static async Task SayAgain(IChannel channel, IReadOnlyList<BasicGetResult> said, Random random)
    {
        var again = said
            .SelectMany(message => Told
                .Where(binding => binding.Takes(message.Exchange, message.RoutingKey))
                .Select(binding => (binding.Queue, Message: message)))
            .SelectMany(one => Enumerable.Repeat(one, random.Next(1, TimesMax + 1)))
            .ToArray();
        random.Shuffle(again);
        foreach (var (queue, message) in again)
        {
            var properties = new BasicProperties(message.BasicProperties);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, message.Body);
        }
    }

    private static async Task AreEmpty(IChannel channel)
    {
        foreach (var binding in Told)
            await Eventually.Is(async () => await channel.MessageCountAsync(binding.Queue) == 0);
    }

    /// <summary>What everybody sees, as soon as it is the same twice: what was handed out is done as well.</summary>
    private static async Task<IReadOnlyList<string>> Seen(IReadOnlyList<Person> people)
    {
        var (last, seen) = (Array.Empty<string>(), await Look(people));
        await Eventually.Is(async () =>
        {
            (last, seen) = (seen, await Look(people));
            return last.SequenceEqual(seen);
        });
        return seen;
    }

    private static async Task<string[]> Look(IReadOnlyList<Person> people)
    {
        var lines = new List<string>();
        foreach (var person in people)
        {
            foreach (var path in Paths(people))
                lines.Add($"{person.Username} {path}: {(await person.Get(path)).Ok().ToJsonString()}");
        }

        return [.. lines];
    }

    private static IEnumerable<string> Paths(IReadOnlyList<Person> people) =>
    [
        "/api/v1/timelines/home?limit=40",
        "/api/v1/notifications?limit=40",
        "/api/v1/favourites",
        "/api/v1/bookmarks",
        .. people.SelectMany(other => new[]
        {
            $"/api/v1/accounts/{other.Id}",
            $"/api/v1/accounts/{other.Id}/statuses?limit=40",
            $"/api/v1/accounts/relationships?id={other.Id}",
        }),
    ];
}
