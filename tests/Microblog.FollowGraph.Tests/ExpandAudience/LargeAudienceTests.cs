using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Tests.ExpandAudience;

public class LargeAudienceTests(RunningWithTwoReadersPerCommand followGraph)
    : IClassFixture<RunningWithTwoReadersPerCommand>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(100)]
    [InlineData(201)]
    public async Task Every_follower_is_named_once_in_commands_of_bounded_size(int followerCount)
    {
        var author = RunningFollowGraph.NewId();
        var followers = await Followers(author, followerCount);
        var post = APost.By(author);

        await followGraph.Deliver(post);

        var commands = await followGraph.Neighbours.Commands(post.PostId);
        Assert.All(commands, heard => Assert.InRange(heard.Command.Deliveries.Sum(d => d.ReaderIds.Count), 1, 2));
        Assert.Equal(
            [author, .. followers],
            commands.SelectMany(heard => heard.Command.Deliveries).SelectMany(d => d.ReaderIds).Order());
        Assert.Single(commands.SelectMany(heard => heard.Command.Deliveries), d => d.AuthorId == author);
    }

    [Fact]
    public async Task A_large_audience_waits_in_bulk_while_its_author_does_not()
    {
        var author = RunningFollowGraph.NewId();
        await Followers(author, count: 5);
        var post = APost.By(author);

        await followGraph.Deliver(post);

        var commands = await followGraph.Neighbours.Commands(post.PostId);
        var small = Assert.Single(commands, heard => heard.Lane == Lane.Small);
        Assert.Equal([author], Assert.Single(small.Command.Deliveries).ReaderIds);
        Assert.Equal(
            [1, 2, 2],
            commands.Where(heard => heard.Lane == Lane.Bulk)
                .Select(heard => heard.Command.Deliveries.Sum(d => d.ReaderIds.Count))
                .Order());
    }

    [Fact]
    public async Task A_large_audience_of_several_posts_is_bounded_as_well()
    {
        var author = RunningFollowGraph.NewId();
        var followers = await Followers(author, count: 3);
        var posts = Enumerable.Range(0, 7).Select(_ => APost.By(author)).ToList();

        await followGraph.Deliver(posts);

        foreach (var post in posts)
        {
            var commands = await followGraph.Neighbours.Commands(post.PostId);
            Assert.All(commands, heard => Assert.InRange(heard.Command.Deliveries.Sum(d => d.ReaderIds.Count), 1, 2));
            Assert.Equal(
                [author, .. followers],
                commands.SelectMany(heard => heard.Command.Deliveries)
                    .Where(delivery => delivery.PostId == post.PostId)
                    .SelectMany(delivery => delivery.ReaderIds)
                    .Order());
        }
    }

    [Fact]
    public async Task Who_is_in_a_pack_that_others_left_is_named_as_well()
    {
        var author = RunningFollowGraph.NewId();
        var follows = new List<Follow>();
        for (var i = 0; i < 250; i++)
        {
            var (followerId, followId) = (RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
            follows.Add(new(author, followerId, followId, ShowsBoosts: true, Notifies: false));
            await followGraph.Write(before: null, follows[i]);
        }

        foreach (var follow in follows[..99].Concat(follows[100..200]))
            await followGraph.Write(follow, after: null);
        var post = APost.By(author);

        await followGraph.Deliver(post);

        Assert.Equal(
            [author, follows[99].FollowerId, .. follows[200..].Select(follow => follow.FollowerId)],
            await Readers(post.PostId));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task A_reply_reaches_common_followers_whichever_of_the_two_has_more(int authorCount, int otherCount)
    {
        var (author, repliedTo) = (RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        await followGraph.Count(author, authorCount);
        await followGraph.Count(repliedTo, otherCount);
        var followers = await Followers(author, count: 120);
        await Followers(repliedTo, count: 110);
        foreach (var follower in followers.Skip(5))
            await followGraph.AddFollower(repliedTo, followerId: follower);
        await followGraph.AddFollower(author, followerId: repliedTo);
        var post = APost.By(author, inReplyToAuthorId: repliedTo);

        await followGraph.Deliver(post);

        Assert.Equal([author, repliedTo, .. followers.Skip(5)], await Readers(post.PostId));
    }

    private async Task<IEnumerable<long>> Readers(long postId) =>
        (await followGraph.Neighbours.Commands(postId))
            .SelectMany(heard => heard.Command.Deliveries)
            .SelectMany(delivery => delivery.ReaderIds)
            .Order();

    private async Task<IReadOnlyList<long>> Followers(long author, int count)
    {
        var followers = new List<long>();
        for (var i = 0; i < count; i++)
            followers.Add(await followGraph.AddFollower(author));
        return followers;
    }
}
