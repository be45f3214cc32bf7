using Microblog.FollowGraph.Storage;
using Microblog.Keyspaces;
using StackExchange.Redis;

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
        kept.Add(Everyone, Page(Some, isLast: false));
        await kept.Written();
        Assert.Null(await Pages.Find(_author));

        kept.Add(Everyone, Page(More, isLast: true));
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
        var change = await Pages.BeginChange([Unfollowed(1)]);
        var during = await Pages.Begin([_author]);
        during.Add(Everyone, Page(Some, isLast: true));
        await during.Written();
        await Pages.EndChange([Unfollowed(1)], change);

        kept.Add(Everyone, Page(Some, isLast: true));
        await kept.Written();

        Assert.Null(await Pages.Find(_author));
    }

    [Fact]
    public async Task The_end_of_an_earlier_change_does_not_end_a_later_one()
    {
        await Keep(Some);
        var earlier = await Pages.BeginChange([Unfollowed(1)]);
        var later = await Pages.BeginChange([Unfollowed(2)]);
        await Pages.EndChange([Unfollowed(1)], earlier);

        await Keep(Some);
        Assert.Null(await Pages.Find(_author));

        await Pages.EndChange([Unfollowed(2)], later);
        await Keep(More);
        Assert.Equal(More, await Pages.Find(_author));
    }

    [Fact]
    public async Task Changes_are_laid_over_pages_that_are_kept()
    {
        await Keep([.. Some, .. More]);

        await Change(Followed(3));
        Assert.Equal([.. Some, new(3, ShowsBoosts: true), .. More], await Find());

        await Change(Unfollowed(2));
        await Change(Followed(1) with { ShowsBoosts = false });
        Assert.Equal([new(1, ShowsBoosts: false), new(3, ShowsBoosts: true), .. More], await Find());

        await Change(Followed(2));
        await Change(Unfollowed(3));
        Assert.Equal([new(1, ShowsBoosts: false), new(2, ShowsBoosts: true), .. More], await Find());
        Assert.True(await Lifetime() > TimeSpan.FromDays(6));
    }

    [Fact]
    public async Task Pages_with_too_many_changes_over_them_are_dropped()
    {
        await Keep(Some);
        await followGraph.Redis.Run(database => database.HashSetAsync(
            FollowerSnapshots.Key(_author),
            [
                .. Enumerable.Range(3, FollowerPages.ChangesMax - 1)
                    .Select(id => new HashEntry(FollowerSnapshots.ChangeField(id), FollowerSnapshots.Change(true))),
            ]));

        await Change(Unfollowed(1));
        Assert.Equal(FollowerPages.ChangesMax, (await Pages.Find(_author))?.Count);

        await Change(Unfollowed(2));
        Assert.Null(await Pages.Find(_author));
    }

    [Fact]
    public async Task Pages_are_not_trusted_while_they_change_nor_after_a_change_that_did_not_end()
    {
        await Keep(Some);

        await Pages.BeginChange([Followed(3)]);
        Assert.Null(await Pages.Find(_author));
        Assert.True(await Lifetime() <= TimeSpan.FromMinutes(10));

        await Change(Unfollowed(1));
        Assert.Null(await Pages.Find(_author));
        await Keep(More);
        Assert.Equal(More, await Pages.Find(_author));
    }

    [Fact]
    public async Task Pages_that_were_kept_because_the_trace_of_a_change_was_lost_are_dropped_at_its_end()
    {
        var change = await Pages.BeginChange([Followed(3)]);
        await Pages.Drop(_author);
        await Keep(Some);

        await Pages.EndChange([Followed(3)], change);

        Assert.Null(await Pages.Find(_author));
    }

    [Fact]
    public async Task Pages_of_an_author_who_posts_live_on()
    {
        await Keep(Some);
        await followGraph.Redis.Run(database => database.KeyExpireAsync(
            FollowerSnapshots.Key(_author), TimeSpan.FromDays(1), CommandFlags.None));

        await Keep(Some);

        Assert.InRange(await Lifetime() ?? TimeSpan.Zero, TimeSpan.FromDays(2), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Of_more_followers_than_the_bound_nothing_is_written()
    {
        var most = Enumerable.Range(1, FollowerPages.FollowersMax)
            .Select(id => new Follower(id, ShowsBoosts: true))
            .ToArray();

        var kept = await Pages.Begin([_author]);
        kept.Add(Everyone, Page(most, isLast: false));
        kept.Add(Everyone, Page(most, isLast: true));
        await kept.Written();

        Assert.Null(await Pages.Find(_author));
        var fields = await followGraph.Redis.Run(store => store.HashKeysAsync(FollowerSnapshots.Key(_author)));
        Assert.Equal(["keeper"], fields.Select(field => field.ToString()));
    }

    private FollowerChange Followed(long followerId) => new(_author, followerId, ShowsBoosts: true);

    private FollowerChange Unfollowed(long followerId) => new(_author, followerId, ShowsBoosts: null);

    private async Task Change(FollowerChange change) =>
        await Pages.EndChange([change], await Pages.BeginChange([change]));

    private async Task<IEnumerable<Follower>?> Find() =>
        (await Pages.Find(_author))?.OrderBy(follower => follower.Id);

    private FollowersPage Page(Follower[] followers, bool isLast) =>
        new(followers, isLast ? null : new(_author, PackId: 1));

    private Task<TimeSpan?> Lifetime() =>
        followGraph.Redis.Run(database => database.KeyTimeToLiveAsync(FollowerSnapshots.Key(_author)));

    private async Task Keep(Follower[] followers)
    {
        var kept = await Pages.Begin([_author]);
        kept.Add(Everyone, Page(followers, isLast: true));
        await kept.Written();
    }
}
