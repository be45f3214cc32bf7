using System.Globalization;
using System.Text.Json;
using Microblog.Bench.Peers;
using Microblog.Bench.Systems;
using Microblog.Contracts.Ingest;

namespace Microblog.Bench.Goals;

/// <summary>
/// G9: what the broker and MassTransit take. In a virtual host of their own: messages per second against
/// RabbitMQ.Client alone, confirms awaited together and one by one, and the CPU that a publish and a consumption cost
/// this process. In the whole system: the broker's CPU and the number of messages, at a mean of 75 followers.
/// </summary>
internal sealed class BrokerTax : IGoal
{
    private const int TrialCount = 3_000;

    private static readonly PostCreated Post = new(
        115_000_000_000_000_000,
        114_000_000_000_000_000,
        "A post of the length that people usually write, to all who care to read what they write.",
        "<p>A post of the length that people usually write, to all who care to read what they write.</p>",
        SpoilerText: "",
        Sensitive: false,
        Visibility.Public,
        Language: "en",
        Mentions: [],
        Tags: [],
        InReplyToId: null,
        InReplyToAuthorId: null,
        BoostOfId: null,
        BoostOfAuthorId: null,
        ApplicationName: "bench",
        ApplicationWebsite: null,
        IdempotencyKey: null,
        DateTimeOffset.UnixEpoch);

    private static readonly PostsCreated Message = new([Post]);

    public string Id => "G9";

    public async Task<IReadOnlyList<Figure>> Measure(BenchContext context, CancellationToken cancellationToken)
    {
        var system = await context.System(cancellationToken);
        var crowd = await system.Crowd(cancellationToken);
        await using var room = await BrokerRoom.Open(system);
        var rate = await Rate(context, room, cancellationToken);
        var confirms = await context.Blocks.Alternate(
            Id, [(length, _) => ConfirmRate.Measure(room, Message, length / 2)], cancellationToken);
        var posting = new Posting(system);
        var hops = await context.Blocks.Alternate<Hops>(
            Id,
            [
                async (length, token) =>
                {
                    var before = await BrokerCounts.Read(system);
                    var block = await posting.Run(crowd.Ordinary, length / 2, token);
                    return new(block, (await BrokerCounts.Read(system)).Since(before));
                },
            ],
            cancellationToken);
        var message = new PostsCreated([.. Enumerable.Repeat(Post, PostsPerMessage(hops))]);
        var costs = await context.Blocks.Alternate(
            Id, [(_, _) => CallCost.Measure(room, message)], cancellationToken);
        var (publish, consume) = (Median(costs, cost => cost.Publish), Median(costs, cost => cost.Consume));
        return
        [
            rate,
            Tax([.. hops.Select(round => round[0])], publish, consume),
            new(
                "G9c",
                "publishing with confirms awaited together ÷ one by one",
                "x",
                Bounds.AtLeast(4, 6),
                [.. confirms.Select(round => round[0].Together / round[0].OneByOne)])
            {
                Measured = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Median(confirms, rate => rate.Together):#,0}/s ÷ "
                    + $"{Median(confirms, rate => rate.OneByOne):#,0}/s"),
            },
        ];
    }

    // A post goes through the broker twice: in a message of Ingest, and as its readers' ids in one of FollowGraph. At
    // 75 readers these are about as long as a post.
    private static int PostsPerMessage(IReadOnlyList<Hops[]> hops) => (int)Math.Max(1, Math.Round(
        2.0 * hops.Sum(round => round[0].Block.Posts) / hops.Sum(round => round[0].Messages.Received)));

    private async Task<Figure> Rate(BenchContext context, BrokerRoom room, CancellationToken cancellationToken)
    {
        await using var ours = await OurBroker.Start(room.Address, consumes: true);
        await using var raw = await RawBroker.Connect(room.Address);
        var body = JsonSerializer.SerializeToUtf8Bytes(Message);
        var (ourRate, rawRate) = (await ours.Measure(Message, TrialCount), await raw.Measure(body, TrialCount));
        var rounds = await context.Blocks.Alternate(
            Id,
            [
                async (length, _) => ourRate = await ours.Measure(Message, Count(ourRate, length)),
                async (length, _) => rawRate = await raw.Measure(body, Count(rawRate, length)),
            ],
            cancellationToken);
        return new(
            "G9a",
            "messages/s, MassTransit as we use it ÷ RabbitMQ.Client",
            "x",
            Bounds.AtLeast(0.30, 0.45),
            [.. rounds.Select(round => round[0] / round[1])])
        {
            Measured = string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(rounds, rate => rate):#,0}/s ÷ {Median(rounds, rate => rate, contestant: 1):#,0}/s"),
        };
    }

    private static Figure Tax(IReadOnlyList<Hops> hops, double publish, double consume)
    {
        var deliveries = hops.Sum(hop => hop.Block.Deliveries);
        var posts = hops.Sum(hop => hop.Block.Posts);
        var received = (double)hops.Sum(hop => hop.Messages.Received) / posts;
        var delivered = (double)hops.Sum(hop => hop.Messages.Delivered) / posts;
        var use = hops.Select(hop => hop.Block.Use).Aggregate((sum, one) => sum.Plus(one));
        return new(
            "G9b",
            "CPU of broker and MassTransit per delivery, 75 followers in the mean",
            "µs",
            Bounds.AtMost(2.5, 1.5),
            [.. hops.Select(hop => hop.Microseconds(publish, consume))])
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"A post is {received:0.00} messages published at {publish:0} µs and {delivered:0.00} consumed at "
                + $"{consume:0} µs of our processes, and {use.Cpu["rabbitmq"] / posts * 1e6:0} µs of the broker. "
                + $"{posts / hops.Sum(hop => hop.Block.Seconds):0} posts/s; µs of CPU per delivery in all: "
                + $"{use.Describe(deliveries)}; {(double)deliveries / use.Pushes:0.0} ids per RPUSHX."),
        };
    }

    private static int Count(double perSecond, TimeSpan length) => (int)Math.Max(100, perSecond * length.TotalSeconds);

    private static double Median<T>(IReadOnlyList<T[]> rounds, Func<T, double> value, int contestant = 0) =>
        Spread.Of([.. rounds.Select(round => value(round[contestant]))]).Median;

    private sealed record Hops(PostedBlock Block, BrokerCounts Messages)
    {
        public double Microseconds(double publish, double consume) =>
            ((Block.Use.Cpu["rabbitmq"] * 1e6) + (Messages.Received * publish) + (Messages.Delivered * consume))
            / Block.Deliveries;
    }
}
