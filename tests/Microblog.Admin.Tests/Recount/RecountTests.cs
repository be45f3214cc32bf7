namespace Microblog.Admin.Tests.Recount;

[Collection(nameof(SharedAdminWorld))]
public sealed class RecountTests(AdminWorld world)
{
    [Fact]
    public async Task Counters_that_disagree_with_their_rows_are_found()
    {
        var (author, post) = await Miscounted();

        var check = await world.Run("check", "--repair");

        Assert.Contains(
            $"Person{author} ({author}): Postgres counts 7 followers, 0 followed, 0 asked, 0 blocked, 0 muted; "
            + "there are 1, 0, 0, 0, 0",
            check.About(author));
        Assert.Contains(
            $"Person{author} ({author}): Postgres counts 7 posts, the last on 2026-11-19; there are 1, on 2026-11-19",
            check.About(author));
        Assert.Contains(
            $"Postgres counts 1 replies, 2 boosts, 3 favourites of post {post}; there are 0, 0, 0", check.About(post));
        Assert.Empty((await world.Run("check")).About(author));
    }

    [Fact]
    public async Task Recounting_corrects_them()
    {
        var (author, post) = await Miscounted();

        var recount = await world.Run("recount");

        Assert.Equal(0, recount.Status);
        var check = await world.Run("check");
        Assert.Empty(check.About(author));
        Assert.Empty(check.About(post));
    }

    private async Task<(long Author, long Post)> Miscounted()
    {
        var (author, follower) = (await world.NewPerson(), await world.NewPerson());
        await world.Follow(follower, author);
        var post = await world.Post(author);
        await world.Append("home", follower, post);
        await world.Append("home", author, post);
        await world.Execute("UPDATE graph.people SET followers_count = 7 WHERE account_id = $1", author);
        await world.Execute("UPDATE posts.authors SET posts_count = 7 WHERE author_id = $1", author);
        await world.Execute("INSERT INTO posts.post_counts VALUES ($1, 1, 2, 3, 1)", post);
        return (author, post);
    }
}
