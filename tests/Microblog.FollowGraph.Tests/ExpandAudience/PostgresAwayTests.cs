using Microblog.Contracts.Ingest;

namespace Microblog.FollowGraph.Tests.ExpandAudience;

/// <summary>While the database is away, posts reach the followers who are at hand; the others' wait for it.</summary>
[Collection(nameof(HarmedFollowGraph))]
public class PostgresAwayTests(HarmedFollowGraph followGraph)
{
    [Fact]
    public async Task A_post_reaches_the_followers_of_an_author_who_posted_lately()
    {
        var author = RunningFollowGraph.NewId();
        long[] followers =
            [await followGraph.AddFollower(author), await followGraph.AddFollower(author, showsBoosts: false)];
        await Read(APost.By(author));

        await followGraph.WhilePaused("postgres", async () =>
        {
            Assert.Equal([author, .. followers], await Readers(APost.By(author)));
            Assert.Equal([author, .. followers], await Readers(APost.By(author, Visibility.Private)));
            Assert.Equal([author, followers[0]], await Readers(APost.By(author, boostOfAuthorId: author)));
            Assert.Equal(
                [author, followers[1]],
                await Readers(APost.By(author, Visibility.Direct, mentionedIds: [followers[1], author])));
        });
    }

    [Fact]
    public async Task A_reply_reaches_common_followers_or_all_when_those_of_the_other_are_not_at_hand()
    {
        var (author, known, unknown) =
            (RunningFollowGraph.NewId(), RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        var (common, other) = (await followGraph.AddFollower(author), await followGraph.AddFollower(author));
        await followGraph.AddFollower(known, followerId: common);
        await followGraph.AddFollower(author, followerId: known);
        await Read(APost.By(author));
        await Read(APost.By(known));

        await followGraph.WhilePaused("postgres", async () =>
        {
            var reply = APost.By(author, inReplyToAuthorId: known);
            Assert.Equal([author, .. new[] { common, known }.Order()], await Readers(reply));
            reply = APost.By(author, inReplyToAuthorId: unknown);
            Assert.Equal([author, .. new[] { common, other, known }.Order()], await Readers(reply));
        });
    }

    [Fact]
    public async Task A_post_whose_readers_are_not_at_hand_waits_and_holds_up_nobody_elses()
    {
        var (quiet, active) = (RunningFollowGraph.NewId(), RunningFollowGraph.NewId());
        var (waiting, follower) = (await followGraph.AddFollower(quiet), await followGraph.AddFollower(active));
        await Read(APost.By(active));
        var putOff = APost.By(quiet);

        await followGraph.WhilePaused("postgres", async () =>
        {
            Assert.Equal([quiet], await Readers(putOff));
            Assert.Equal([active, follower], await Readers(APost.By(active)));
        });

        await followGraph.Neighbours.Heard.First<HeardCommand>(heard => heard.Command.Deliveries.Any(delivery =>
            delivery.PostId == putOff.PostId && delivery.ReaderIds.Contains(waiting)));
    }

    [Fact]
    public async Task Who_came_went_or_wants_no_boosts_since_the_last_post_is_heeded()
    {
        var author = await followGraph.NewPerson();
        var (stays, comes, goes, isBlocked) = (
            await followGraph.NewPerson(),
            await followGraph.NewPerson(),
            await followGraph.NewPerson(),
            await followGraph.NewPerson());
        foreach (var follower in (Person[])[stays, goes, isBlocked])
            await follower.Do("follow", author);
        await Read(APost.By(author.Id));

        await comes.Do("follow", author);
        await goes.Do("unfollow", author);
        await author.Do("block", isBlocked);
        await stays.Do("follow", author, new { reblogs = false });

        await followGraph.WhilePaused("postgres", async () =>
        {
            Assert.Equal([author.Id, stays.Id, comes.Id], await Readers(APost.By(author.Id)));
            Assert.Equal(
                [author.Id, comes.Id],
                await Readers(APost.By(author.Id, boostOfAuthorId: author.Id)));
        });
    }

    [Fact]
    public async Task A_first_post_reaches_who_followed_before()
    {
        var (author, follower) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await follower.Do("follow", author);
        await followGraph.AtHand(author.Id);

        await followGraph.WhilePaused("postgres", async () =>
            Assert.Equal([author.Id, follower.Id], await Readers(APost.By(author.Id))));
    }

    [Fact]
    public async Task Relations_are_answered_without_Redis()
    {
        var (follower, author) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await follower.Do("follow", author);

        await followGraph.WhilePaused("redis", async () =>
        {
            var relations = await followGraph.Neighbours.Publisher
                .Ask<Contracts.FollowGraph.GetRelations, Contracts.FollowGraph.RelationsFound>(
                    new(follower.Id), CancellationToken.None);
            var counts = await followGraph.Neighbours.Publisher
                .Ask<Contracts.FollowGraph.GetFollowCounts, Contracts.FollowGraph.FollowCountsFound>(
                    new([author.Id]), CancellationToken.None);
            Assert.Equal([author.Id], relations.Relations.Select(relation => relation.OtherId));
            Assert.Equal(1, Assert.Single(counts.Counts).Followers);
        });
    }

    [Fact]
    public async Task What_needs_the_database_is_refused_quickly()
    {
        var (one, other) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        await followGraph.WhilePaused("postgres", async () =>
        {
            var started = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 20; i++)
            {
                var (status, _) = await (i % 2 == 0
                    ? one.Refused(HttpMethod.Post, $"/api/v1/accounts/{other.Id}/follow")
                    : one.Refused(HttpMethod.Get, $"/api/v1/accounts/{other.Id}/followers"));
                Assert.Equal(503, status);
            }

            // Far less than twenty times what Npgsql waits for an answer.
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "It took too long.");
        });
    }

    /// <summary>Lets the service read the author's followers from the database.</summary>
    private Task Read(PostCreated post) => followGraph.Deliver(post);

    private async Task<IReadOnlyList<long>> Readers(PostCreated post)
    {
        await followGraph.Deliver(post);
        return
        [
            .. (await followGraph.Neighbours.Commands(post.PostId))
                .SelectMany(heard => heard.Command.Deliveries)
                .Where(delivery => delivery.PostId == post.PostId)
                .SelectMany(delivery => delivery.ReaderIds)
                .Order(),
        ];
    }
}
