using System.Diagnostics;
using Microblog.Contracts.FanOut;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Tests.ExpandAudience;

[Collection(nameof(RunningFollowGraph))]
public class ExpandAudienceTests(RunningFollowGraph followGraph)
{
    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Unlisted)]
    [InlineData(Visibility.Private)]
    public async Task A_post_goes_to_its_author_and_all_followers(Visibility visibility)
    {
        var author = RunningFollowGraph.NewId();
        long[] followers =
            [await followGraph.AddFollower(author), await followGraph.AddFollower(author, showsBoosts: false)];

        Assert.Equal([author, .. followers], await Readers(APost.By(author, visibility)));
    }

    [Fact]
    public async Task Readers_are_named_in_the_order_of_their_ids_in_whatever_order_they_followed()
    {
        var (author, earlier, later) =
            (RunningFollowGraph.NewId(), RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        await followGraph.AddFollower(author, followerId: later);
        await followGraph.AddFollower(author, followerId: earlier);
        var post = APost.By(author);

        await followGraph.Deliver(post);

        var command = Assert.Single(await followGraph.Neighbours.Commands(post.PostId)).Command;
        Assert.Equal([author, earlier, later], Assert.Single(command.Deliveries).ReaderIds);
    }

    [Fact]
    public async Task A_post_without_followers_goes_to_its_author()
    {
        var author = RunningFollowGraph.NewId();

        Assert.Equal([author], await Readers(APost.By(author)));
    }

    [Fact]
    public async Task A_boost_goes_to_followers_who_want_the_authors_boosts()
    {
        var author = RunningFollowGraph.NewId();
        var follower = await followGraph.AddFollower(author);
        await followGraph.AddFollower(author, showsBoosts: false);

        Assert.Equal([author, follower], await Readers(APost.By(author, boostOfAuthorId: RunningFollowGraph.NewId())));
    }

    [Fact]
    public async Task A_reply_goes_to_followers_who_follow_the_one_replied_to_or_are_he()
    {
        var (author, repliedTo) = (RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        await followGraph.AddFollower(author);
        var common = await followGraph.AddFollower(author);
        await followGraph.AddFollower(repliedTo, followerId: common);
        await followGraph.AddFollower(repliedTo);

        Assert.Equal([author, common], await Readers(APost.By(author, inReplyToAuthorId: repliedTo)));

        await followGraph.AddFollower(author, followerId: repliedTo);
        Assert.Equal(
            [author, .. new[] { common, repliedTo }.Order()],
            await Readers(APost.By(author, inReplyToAuthorId: repliedTo)));
    }

    [Fact]
    public async Task A_reply_to_oneself_goes_to_all_followers()
    {
        var author = RunningFollowGraph.NewId();
        var follower = await followGraph.AddFollower(author);

        Assert.Equal([author, follower], await Readers(APost.By(author, inReplyToAuthorId: author)));
    }

    [Fact]
    public async Task A_direct_post_goes_to_the_mentioned_who_follow()
    {
        var (author, stranger) = (RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        var follower = await followGraph.AddFollower(author);
        await followGraph.AddFollower(author);

        var post = APost.By(author, Visibility.Direct, mentionedIds: [follower, stranger]);

        Assert.Equal([author, follower], await Readers(post));
    }

    [Fact]
    public async Task Only_the_first_delivery_names_the_author()
    {
        var author = RunningFollowGraph.NewId();
        await followGraph.AddFollower(author);
        var post = APost.By(author);

        await followGraph.Deliver(post);

        var heard = Assert.Single(await followGraph.Neighbours.Commands(post.PostId));
        Assert.Equal(Lane.Small, heard.Lane);
        Assert.Equal(author, Assert.Single(heard.Command.Deliveries, d => d.PostId == post.PostId).AuthorId);
    }

    [Fact]
    public async Task A_post_delivered_twice_names_the_same_readers()
    {
        var author = RunningFollowGraph.NewId();
        var follower = await followGraph.AddFollower(author);
        var post = APost.By(author);

        await followGraph.Deliver(post);
        await followGraph.Deliver(post);

        var deliveries = (await followGraph.Neighbours.Commands(post.PostId))
            .SelectMany(heard => heard.Command.Deliveries)
            .Where(delivery => delivery.PostId == post.PostId)
            .ToList();
        Assert.Equal(2, deliveries.Count);
        Assert.All(deliveries, delivery => Assert.Equal([author, follower], delivery.ReaderIds));
    }

    [Fact]
    public async Task Posts_that_come_in_another_order_reach_the_same_readers()
    {
        var author = RunningFollowGraph.NewId();
        var follower = await followGraph.AddFollower(author);
        var (earlier, later) = (APost.By(author), APost.By(author));

        await followGraph.Deliver(later);
        await followGraph.Deliver(earlier);

        foreach (var post in (PostCreated[])[earlier, later])
        {
            var commands = await followGraph.Neighbours.Commands(post.PostId);
            Assert.Equal([author, follower], ReadersIn(commands, post.PostId));
        }
    }

    [Fact]
    public async Task Small_posts_of_a_batch_are_combined_into_few_commands()
    {
        var authors = Enumerable.Range(0, 200).Select(_ => RunningFollowGraph.NewId()).ToList();
        var posts = authors.ConvertAll(author => APost.By(author));

        await followGraph.Deliver(posts);

        var commands = new HashSet<AppendToTimelines>(ReferenceEqualityComparer.Instance);
        foreach (var post in posts)
            commands.UnionWith((await followGraph.Neighbours.Commands(post.PostId)).Select(heard => heard.Command));
        Assert.InRange(commands.Count, 1, 150);
        Assert.Equal(
            posts.Select(post => post.PostId).Order(),
            commands.SelectMany(command => command.Deliveries).Select(delivery => delivery.PostId).Order());
    }

    [Fact]
    public async Task Commands_belong_to_the_trace_of_their_post()
    {
        var author = RunningFollowGraph.NewId();
        var post = APost.By(author);
        using var source = new ActivitySource(nameof(ExpandAudienceTests));
        using var listener = new ActivityListener
        {
            // As with an exporter: without one nobody listens to the bus.
            ShouldListenTo = candidate => candidate == source || candidate.Name == "MassTransit",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);

        using var request = source.StartActivity("POST");
        await followGraph.Deliver(post);

        var heard = Assert.Single(await followGraph.Neighbours.Commands(post.PostId));
        Assert.Contains(request!.TraceId.ToHexString(), heard.TraceParent, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<long>> Readers(PostCreated post)
    {
        await followGraph.Deliver(post);
        return ReadersIn(await followGraph.Neighbours.Commands(post.PostId), post.PostId);
    }

    private static IReadOnlyList<long> ReadersIn(IReadOnlyList<HeardCommand> commands, long postId) =>
    [
        .. commands.SelectMany(heard => heard.Command.Deliveries)
            .Where(delivery => delivery.PostId == postId)
            .SelectMany(delivery => delivery.ReaderIds)
            .Order(),
    ];
}
