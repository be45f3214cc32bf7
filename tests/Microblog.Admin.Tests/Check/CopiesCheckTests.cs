using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Admin.Tests.Check;

[Collection(nameof(SharedAdminWorld))]
public sealed class CopiesCheckTests(AdminWorld world)
{
    [Fact]
    public async Task Copies_that_say_what_Postgres_says_are_no_difference()
    {
        var (author, follower, former, later) =
            (await world.NewPerson(), await world.NewPerson(), AdminWorld.NewId(), await world.NewPerson());
        await world.Follow(follower, author);
        await world.Follow(later, author);
        await Copy(author, "2 0", "0 -");
        await Relate(follower, author, Standing.Following);
        await AtHand(author, (follower, true), (former, true));
        await world.Redis.Run(store => store.HashSetAsync(
            FollowerSnapshots.Key(author),
            [
                new(FollowerSnapshots.ChangeField(former), FollowerSnapshots.Change(showsBoosts: null)),
                new(FollowerSnapshots.ChangeField(later), FollowerSnapshots.Change(showsBoosts: true)),
            ]));

        var check = await world.Run("check");

        Assert.Empty(check.About(author));
        Assert.Empty(check.About(follower));
    }

    [Theory]
    [InlineData("2 0", "0 -", "follows is 2 0 in Redis and 1 0 in Postgres")]
    [InlineData("1 0", "1 2026-11-19", "posts is 1 2026-11-19 in Redis and 0 - in Postgres")]
    public async Task A_wrong_counter_is_found_and_dropped(string follows, string posts, string difference)
    {
        var (author, follower) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(follower, author);
        await Copy(author, follows, posts);

        var check = await world.Run("check", "--repair");

        Assert.Contains($"Person{author} ({author}): {difference}", check.About(author));
        Assert.False(await world.Exists(AccountSnapshots.Key(author)));
    }

    [Fact]
    public async Task A_relation_that_Postgres_does_not_have_is_found_and_dropped()
    {
        var (reader, other) = (await world.NewPerson(), await world.NewPerson());
        await Relate(reader, other, Standing.Muting);

        var check = await world.Run("check", "--repair");

        Assert.Contains(
            $"Person{reader} ({reader}): the relation to {other} is not the one of Postgres", check.About(reader));
        Assert.False(await world.Exists(RelationSnapshots.Key(reader)));
    }

    [Fact]
    public async Task A_follower_who_is_not_at_hand_is_found_and_the_pages_dropped()
    {
        var (author, follower, other) = (await world.NewPerson(), await world.NewPerson(), await world.NewPerson());
        await world.Follow(follower, author);
        await world.Follow(other, author);
        await AtHand(author, (follower, true));

        var check = await world.Run("check", "--repair");

        Assert.Contains(
            $"Person{author} ({author}): 0 of the followers at hand are none, 1 are missing", check.About(author));
        Assert.False(await world.Exists(FollowerSnapshots.Key(author)));
    }

    [Fact]
    public async Task A_deleted_post_that_can_be_read_is_found_and_marked()
    {
        var author = await world.NewPerson();
        var post = await world.Post(author);
        await world.Keep(post, author);
        await world.Delete(post, author);

        var check = await world.Run("check", "--repair");

        Assert.Equal(
            [$"post {post} is deleted in Postgres and not in Redis", $"Post {post} is marked as deleted in Redis."],
            check.About(post));
        Assert.Equal(
            PostSnapshots.Deleted,
            await world.Redis.Run(store => store.StringGetAsync(PostSnapshots.Key(post))));
    }

    [Fact]
    public async Task A_post_that_was_never_confirmed_is_no_difference()
    {
        var (author, post) = (await world.NewPerson(), AdminWorld.NewId());
        await world.Keep(post, author);

        var check = await world.Run("check");

        Assert.Empty(check.About(post));
    }

    [Fact]
    public async Task A_post_that_was_delivered_and_that_Postgres_lacks_is_found()
    {
        var (author, post) = (await world.NewPerson(), AdminWorld.NewId());
        await world.Keep(post, author);
        await world.Append("home", author, post);

        var check = await world.Run("check");
        await world.Redis.Run(store => store.KeyDeleteAsync(HomeTimelines.Key(author)));

        Assert.Equal([$"post {post} was delivered and is not in Postgres"], check.About(post));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_is_found_and_the_index_no_longer_trusted()
    {
        var person = await world.NewPerson();
        await world.Redis.Run(store => Task.WhenAll(
            store.StringSetAsync(AccountSnapshots.NamesCompleteKey, "1"),
            store.StringSetAsync(AccountSnapshots.NameKey($"Person{person}"), 17)));

        var check = await world.Run("check", "--repair", "--show", "1000");

        Assert.Contains($"Person{person} ({person}): the name leads to 17", check.Output, StringComparison.Ordinal);
        Assert.False(await world.Exists(AccountSnapshots.NamesCompleteKey));
    }

    [Fact]
    public async Task A_revoked_token_that_Redis_has_forgotten_is_found_and_written_again()
    {
        var (app, token) = (AdminWorld.NewId(), AdminWorld.NewId());
        await world.Execute("INSERT INTO accounts.apps VALUES ($1, $1::text, '', '', NULL, '{}', '{}', now())", app);
        await world.Execute(
            "INSERT INTO accounts.tokens VALUES ($1, $2, NULL, '{}', now(), now() + interval '1 day', now())",
            token,
            app);

        var check = await world.Run("check", "--repair");

        Assert.Contains($"token {token} is revoked in Postgres and not in Redis", check.About(token));
        Assert.NotNull(await world.Redis.Run(store => store.SortedSetScoreAsync(RevokedTokens.Key, token)));
    }

    private Task Copy(long accountId, string follows, string posts) => world.Redis.Run(store => store.HashSetAsync(
        AccountSnapshots.Key(accountId),
        [new(AccountSnapshots.Follows, follows), new(AccountSnapshots.Posts, posts)]));

    private Task Relate(long accountId, long otherId, Standing standing) => world.Redis.Run(store => store.HashSetAsync(
        RelationSnapshots.Key(accountId),
        [
            new(RelationSnapshots.CompleteField, 1),
            new HashEntry(otherId, RelationSnapshots.Encode(standing, muteEndsAt: null)),
        ]));

    private Task AtHand(long authorId, params (long Id, bool ShowsBoosts)[] followers) => world.Redis.Run(store =>
        store.HashSetAsync(
            FollowerSnapshots.Key(authorId),
            [new(FollowerSnapshots.CompleteField, 1), new HashEntry(0, FollowerSnapshots.Pack(followers))]));
}
