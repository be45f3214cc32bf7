using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.Tests.Storage;

[Collection(nameof(RunningFollowGraph))]
public class FollowerPagesTests(RunningFollowGraph followGraph)
{
    private static readonly Follower[] Some = [new(1, ShowsBoosts: true), new(2, ShowsBoosts: false)];
    private static readonly Follower[] More = [new(long.MaxValue, ShowsBoosts: false)];

    private readonly long _author = RunningFollowGraph.NewId();

    private Audience Everyone => new Audience.Everyone(_author);

    private FollowerPages Pages => new(followGraph.Redis);

    [Fact]
    public async Task Pages_are_at_hand_when_the_last_one_is_kept()
    {
        var kept = await Pages.Begin([_author]);
        kept.Add(Everyone, Some, isLast: false);
        await kept.Written();
        Assert.Null(await Pages.Find(_author));

        kept.Add(Everyone, More, isLast: true);
        await kept.Written();

        Assert.Equal([.. Some, .. More], await Pages.Find(_author));
    }

    [Fact]
    public async Task Nobody_at_all_is_at_hand_as_well()
    {
        await Keep([]);
        Assert.Empty(await Pages.Find(_author) ?? More);
    }

    [Fact]
    public async Task Pages_that_are_there_are_not_written_again()
    {
        await Keep(Some);
        await Keep(More);
        Assert.Equal(Some, await Pages.Find(_author));
    }

    [Fact]
    public async Task Pages_that_were_read_before_a_change_are_not_kept_after_it()
    {
        var kept = await Pages.Begin([_author]);
        var change = await Pages.BeginChange([_author]);
        var during = await Pages.Begin([_author]);
        during.Add(Everyone, Some, isLast: true);
        await during.Written();
        await Pages.EndChange([_author], change);

        kept.Add(Everyone, Some, isLast: true);
        await kept.Written();

        Assert.Null(await Pages.Find(_author));
    }

    [Fact]
    public async Task The_end_of_an_earlier_change_does_not_end_a_later_one()
    {
        var earlier = await Pages.BeginChange([_author]);
        var later = await Pages.BeginChange([_author]);
        await Pages.EndChange([_author], earlier);

        await Keep(Some);
        Assert.Null(await Pages.Find(_author));

        await Pages.EndChange([_author], later);
        await Keep(Some);
        Assert.Equal(Some, await Pages.Find(_author));
    }

    [Fact]
    public async Task More_followers_than_the_bound_are_not_kept()
    {
        var most = Enumerable.Range(1, FollowerPages.FollowersMax)
            .Select(id => new Follower(id, ShowsBoosts: true))
            .ToArray();

        var kept = await Pages.Begin([_author]);
        kept.Add(Everyone, most, isLast: false);
        kept.Add(Everyone, most, isLast: true);
        await kept.Written();

        Assert.Null(await Pages.Find(_author));
    }

    private async Task Keep(Follower[] followers)
    {
        var kept = await Pages.Begin([_author]);
        kept.Add(Everyone, followers, isLast: true);
        await kept.Written();
    }
}
