using Microblog.Keyspaces;

namespace Microblog.Admin.Tests.Check;

[Collection(nameof(SharedAdminWorld))]
public sealed class TimelineCheckTests(AdminWorld world)
{
    [Fact]
    public async Task A_timeline_that_holds_what_belongs_there_is_no_difference()
    {
        var (reader, author) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        await Delivered(reader, author);

        var check = await world.Run("check");

        Assert.Empty(check.About(reader));
    }

    [Fact]
    public async Task A_missing_post_is_found_and_the_timeline_dropped_to_be_built_anew()
    {
        var (reader, author) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        var post = await Delivered(reader, author);
        await world.Redis.Run(store => store.ListRemoveAsync(HomeTimelines.Key(reader), post));

        var check = await world.Run("check", "--repair");

        Assert.Equal(
            [
                $"Person{reader} ({reader}): home:{reader} lacks post {post}",
                $"home:{reader} was dropped; it is built anew from Postgres when it is read.",
            ],
            check.About(reader));
        Assert.False(await world.Exists(HomeTimelines.Key(reader)));
        Assert.Empty((await world.Run("check")).About(reader));
    }

    [Fact]
    public async Task An_id_that_nobody_wrote_is_found()
    {
        var reader = await world.NewPerson();
        await world.Append("home", reader, 17);

        var check = await world.Run("check", "--repair");

        Assert.Contains(
            $"Person{reader} ({reader}): home:{reader} holds post 17, which nobody wrote", check.About(reader));
        Assert.False(await world.Exists(HomeTimelines.Key(reader)));
    }

    [Fact]
    public async Task A_post_of_somebody_who_was_never_followed_is_found()
    {
        var (reader, stranger) = (await world.NewPerson(), await world.NewPerson());
        await Delivered(reader, stranger);

        var check = await world.Run("check", "--repair");

        Assert.Contains(check.About(reader), line => line.EndsWith(
            $"whose author {stranger} does not belong there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_post_of_somebody_unfollowed_is_no_difference()
    {
        var (reader, former) = (await world.NewPerson(), await world.NewPerson());
        var post = await Delivered(reader, former);
        await world.Redis.Run(store => store.SortedSetAddAsync(FormerFollowees.Key(reader), former, post >> 16));

        var check = await world.Run("check");

        Assert.Empty(check.About(reader));
    }

    [Fact]
    public async Task What_every_read_leaves_out_is_no_difference()
    {
        var (reader, author, stranger) = (await world.NewPerson(), await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author, showsBoosts: false);
        var original = await world.Post(stranger);
        var deleted = await Delivered(reader, author);
        await world.Delete(deleted, author);
        await world.Append(
            "home",
            reader,
            await world.Post(author, inReplyTo: stranger),
            await world.Post(author, boostOf: original));

        var check = await world.Run("check");

        Assert.Empty(check.About(reader));
    }

    [Fact]
    public async Task A_reply_to_somebody_followed_later_need_not_be_there()
    {
        var (reader, author, other) = (await world.NewPerson(), await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        await world.Post(author, inReplyTo: other);
        await world.Follow(reader, other);

        var check = await world.Run("check");

        Assert.Empty(check.About(reader));
    }

    [Fact]
    public async Task A_reply_to_somebody_followed_long_before_must_be_there()
    {
        var (reader, author, other) = (await world.NewPerson(), await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        await world.Follow(reader, other);
        for (var second = 0; second < 11; second++)
            AdminWorld.NewId();
        var reply = await world.Post(author, inReplyTo: other);

        var check = await world.Run("check", "--repair");

        Assert.Contains($"Person{reader} ({reader}): home:{reader} lacks post {reply}", check.About(reader));
    }

    [Fact]
    public async Task A_list_that_is_being_rebuilt_proves_nothing()
    {
        var (reader, author) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        await world.Post(author);
        await world.Redis.Run(store => store.ListSetByIndexAsync(
            HomeTimelines.Key(reader), 0, TimelineLists.Unfinished));

        var check = await world.Run("check");

        Assert.Empty(check.About(reader));
    }

    [Fact]
    public async Task What_is_under_way_is_no_difference()
    {
        var (reader, author) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(reader, author);
        var post = await world.Post(author);
        var waits = 0;
        void Arrives()
        {
            if (waits++ == 0)
                world.Append("home", reader, post).GetAwaiter().GetResult();
        }

        var check = await world.Run(new QuickClock(Arrives), "check");

        Assert.True(waits > 0, "Nothing differed at first.");
        Assert.Empty(check.About(reader));
    }

    private async Task<long> Delivered(long reader, long author)
    {
        var post = await world.Post(author);
        await world.Append("home", reader, post);
        return post;
    }
}
