namespace Microblog.Outage.Tests;

/// <summary>The checker is checked: a promise broken on purpose must be found.</summary>
public sealed class CheckerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly World _world = new(Noon);

    [Fact]
    public void A_world_in_which_every_promise_is_kept_is_found_clean() => Assert.Empty(_world.Check());

    [Fact]
    public void A_post_that_Postgres_does_not_have_is_lost()
    {
        _world.Rows.RemoveAll(row => row.Id == World.PostId);

        AssertFound(Harm.Lost, "Post 1");
    }

    [Fact]
    public void A_post_that_one_follower_does_not_see_is_lost()
    {
        _world.Homes[World.Bob.Id].RemoveAll(entry => entry.Id == World.PostId);

        AssertFound(Harm.Lost, "Post 1");
    }

    [Fact]
    public void A_post_that_the_author_does_not_see_is_lost()
    {
        _world.Homes[World.Alice.Id].RemoveAll(entry => entry.Id == World.PostId);

        AssertFound(Harm.Lost, "Post 1");
    }

    [Fact]
    public void A_post_stored_with_another_text_is_lost()
    {
        _world.Rows[0] = _world.Rows[0] with { Text = "another" };

        AssertFound(Harm.Lost, "Post 1");
    }

    [Fact]
    public void A_post_deleted_by_nobody_is_lost()
    {
        _world.Rows[0] = _world.Rows[0] with { IsDeleted = true };

        AssertFound(Harm.Lost, "Post 1");
    }

    [Fact]
    public void A_favourite_that_was_not_kept_is_lost()
    {
        _world.Favourites.Clear();

        AssertFound(Harm.Lost, "Favourite 3");
    }

    [Fact]
    public void A_post_stored_under_two_ids_is_duplicated()
    {
        _world.Rows.Add(_world.Rows[0] with { Id = World.PostId + 1 });

        AssertFound(Harm.Duplicated, "Post 1");
    }

    [Fact]
    public void A_boost_stored_under_two_ids_is_duplicated()
    {
        _world.Rows.Add(_world.Rows.Single(row => row.BoostOfId is not null) with { Id = World.BoostId + 1 });

        AssertFound(Harm.Duplicated, "Boost 2");
    }

    [Fact]
    public void A_post_served_twice_is_duplicated()
    {
        var home = _world.Homes[World.Bob.Id];
        home.Add(home.Single(entry => entry.Id == World.PostId));

        AssertFound(Harm.Duplicated, $"post {World.PostId}");
    }

    [Fact]
    public void A_post_served_under_two_ids_is_duplicated()
    {
        var home = _world.Homes[World.Bob.Id];
        home.Add(home.Single(entry => entry.Id == World.PostId) with { Id = World.PostId - 1 });

        AssertFound(Harm.Duplicated, Checker.ContentOf(World.Text));
    }

    [Fact]
    public void A_page_out_of_order_is_found()
    {
        _world.Homes[World.Bob.Id].Reverse();

        Assert.Contains(_world.Check(), finding => finding.Harm == Harm.Duplicated);
    }

    [Fact]
    public void A_deleted_post_that_is_still_served_is_a_ghost()
    {
        _world.Delete(answered: 200);

        AssertFound(Harm.Ghost, "Post 1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    public void A_post_of_whose_deletion_nobody_can_say_may_be_there_or_not(int answered)
    {
        _world.Delete(answered);
        Assert.Empty(_world.Check());

        _world.Rows[0] = _world.Rows[0] with { IsDeleted = true };
        foreach (var home in _world.Homes.Values)
            home.RemoveAll(entry => entry.Id == World.PostId);

        Assert.Empty(_world.Check());
    }

    [Fact]
    public void A_refused_post_that_is_there_is_a_ghost()
    {
        _world.Refuse(status: 422);

        AssertFound(Harm.Ghost, "Post 1");
    }

    [Fact]
    public void A_post_of_which_nobody_can_say_may_be_there_once_and_not_twice()
    {
        _world.Refuse(status: 503);
        Assert.Empty(_world.Check());

        _world.Rows.Add(_world.Rows[0] with { Id = World.PostId + 1 });

        AssertFound(Harm.Duplicated, "Post 1");
    }

    [Fact]
    public void A_post_of_somebody_no_longer_followed_is_a_ghost()
    {
        _world.Following.End(World.Bob.Id, World.Alice.Id, follows: false, Noon);

        AssertFound(Harm.Ghost, $"post {World.PostId}");
    }

    [Fact]
    public void A_post_written_before_the_follow_may_be_missing()
    {
        _world.Following.End(World.Bob.Id, World.Alice.Id, follows: true, Noon.AddMinutes(5));
        _world.Homes[World.Bob.Id].Clear();

        Assert.Empty(_world.Check());
    }

    private void AssertFound(Harm harm, string subject) =>
        Assert.Contains(_world.Check(), finding => finding.Harm == harm && finding.Subject == subject);
}
