using System.Net;
using System.Text.Json;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.Tests.ReadNotifications;

public class NotificationTests
{
    [Fact]
    public async Task Mentions_boosts_favourites_and_follows_are_notified_newest_first()
    {
        var scene = await Scene.Create();
        var (mention, boost, favourite, follow) = await scene.EverythingHappens();

        var notifications = await scene.Author.Get("/api/v1/notifications");

        Assert.Equal(
            [$"follow {follow}", $"favourite {favourite}", $"reblog {boost}", $"mention {mention}"],
            Lines(notifications));
        Assert.Equal(
            [null, $"{scene.Post}", $"{scene.Post}", $"{mention}"],
            notifications.EnumerateArray().Select(StatusId));
        Assert.All(notifications.EnumerateArray(), notification => Assert.Equal(
            $"{scene.Fan.Id}", notification.GetProperty("account").GetProperty("id").GetString()));
        Assert.Empty(await scene.Fan.Ids("/api/v1/notifications"));
    }

    [Fact]
    public async Task What_is_delivered_again_is_notified_once_and_a_lost_list_comes_back_the_same()
    {
        var scene = await Scene.Create();
        await scene.Author.Get("/api/v1/notifications");
        await scene.EverythingHappens();
        var before = Lines(await scene.Author.Get("/api/v1/notifications"));

        await scene.TellAgain();
        var again = Lines(await scene.Author.Get("/api/v1/notifications"));
        await scene.Timeline.Redis.Run(store => store.KeyDeleteAsync($"notifications:{scene.Author.Id}"));
        var rebuilt = Lines(await scene.Author.Get("/api/v1/notifications"));

        Assert.Equal(4, before.Count);
        Assert.Equal(before, again);
        Assert.Equal(before, rebuilt);
    }

    [Theory]
    [InlineData("types[]=mention", "mention")]
    [InlineData("types[]=mention&types[]=follow", "follow mention")]
    [InlineData("exclude_types[]=follow&exclude_types[]=favourite", "reblog mention")]
    [InlineData("types[]=poll", "")]
    [InlineData("account_id=1", "")]
    [InlineData("limit=1", "follow")]
    public async Task Kinds_and_people_can_be_chosen(string query, string kinds)
    {
        var scene = await Scene.Create();
        await scene.EverythingHappens();

        var notifications = await scene.Author.Get("/api/v1/notifications?" + query);

        Assert.Equal(kinds, string.Join(' ', Lines(notifications).Select(line => line.Split(' ')[0])));
    }

    [Fact]
    public async Task Pages_follow_one_another_in_both_directions()
    {
        var scene = await Scene.Create();
        await scene.EverythingHappens();
        var all = await scene.Author.Ids("/api/v1/notifications");

        using var first = await scene.Author.TryGet("/api/v1/notifications?limit=2&exclude_types[]=poll");
        var second = await scene.Author.Ids($"/api/v1/notifications?limit=2&max_id={all[1]}");
        var up = await scene.Author.Ids($"/api/v1/notifications?limit=2&min_id={all[3]}");

        Assert.Equal(all[2..], second);
        Assert.Equal(all[1..3], up);
        Assert.StartsWith(
            $"<{RunningTimeline.Origin}/api/v1/notifications"
            + $"?limit=2&exclude_types%5B%5D=poll&max_id={all[1]}>; rel=\"next\"",
            string.Join(", ", first.Headers.GetValues("Link")));
    }

    [Fact]
    public async Task What_was_taken_back_is_notified_no_longer_even_when_it_is_told_again()
    {
        var scene = await Scene.Create();
        await scene.Author.Get("/api/v1/notifications");
        var (_, _, _, follow) = await scene.EverythingHappens();

        await scene.Timeline.Publish(APost.Favourite(scene.Fan, scene.Original, isFavourite: false));
        await scene.Timeline.Publish(APost.Deletion(scene.Boost!));
        await scene.Timeline.Publish(
            new AccountUnfollowed(follow, scene.Fan.Id, scene.Author.Id, IdSequence.CreatedAt(follow)));

        await Eventually.Is(async () =>
            string.Join(' ', Kinds(await scene.Author.Get("/api/v1/notifications"))) == "mention");
        await scene.TellAgain();
        Assert.Equal("mention", string.Join(' ', Kinds(await scene.Author.Get("/api/v1/notifications"))));
    }

    [Theory]
    [InlineData(Standing.Blocking)]
    [InlineData(Standing.BlockedBy)]
    [InlineData(Standing.Muting | Standing.MutingNotifications)]
    public async Task Nobody_hears_of_somebody_blocked_or_muted(Standing standing)
    {
        var scene = await Scene.Create();
        await scene.EverythingHappens();
        await scene.Timeline.Relate(scene.Author, scene.Fan, standing);

        Assert.Empty(await scene.Author.Ids("/api/v1/notifications"));
    }

    [Fact]
    public async Task One_can_be_read_counted_and_dismissed_and_stays_dismissed()
    {
        var scene = await Scene.Create();
        var (mention, boost, favourite, follow) = await scene.EverythingHappens();
        var path = $"/api/v1/notifications/{mention}";

        var one = await scene.Author.Get(path);
        await Person.Ok(scene.Author.Send(HttpMethod.Post, path + "/dismiss"));
        await scene.TellAgain();
        var count = await scene.Author.Get("/api/v1/notifications/unread_count");
        await scene.Timeline.Redis.Run(store => store.KeyDeleteAsync($"notifications:{scene.Author.Id}"));
        var rebuilt = await scene.Author.Ids("/api/v1/notifications");
        using var gone = await scene.Author.TryGet(path);
        using var foreign = await scene.Fan.TryGet($"/api/v1/notifications/{follow}");

        Assert.Equal("mention", one.GetProperty("type").GetString());
        Assert.Equal(3, count.GetProperty("count").GetInt32());
        Assert.Equal([follow, favourite, boost], rebuilt);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task What_is_cleared_stays_away_and_what_comes_later_does_not()
    {
        var scene = await Scene.Create();
        await scene.EverythingHappens();
        await scene.Author.Get("/api/v1/notifications");

        await Person.Ok(scene.Author.Send(HttpMethod.Post, "/api/v1/notifications/clear"));
        await scene.TellAgain();
        using var cleared = await scene.Author.TryGet("/api/v1/notifications");
        var later = APost.By(scene.Fan, mentions: [scene.Author]);
        await scene.Timeline.Accept(later);
        await scene.Timeline.Deliver(later);

        Assert.Equal("[]", await cleared.Content.ReadAsStringAsync());
        Assert.False(cleared.Headers.Contains("Link"));
        await Eventually.Is(async () =>
            (await scene.Author.Ids("/api/v1/notifications")).SequenceEqual([later.PostId]));
        await scene.Timeline.Redis.Run(store => store.KeyDeleteAsync($"notifications:{scene.Author.Id}"));
        Assert.Equal([later.PostId], await scene.Author.Ids("/api/v1/notifications"));
    }

    [Fact]
    public async Task A_list_that_was_made_long_ago_is_told_of_mentions_and_boosts()
    {
        var scene = await Scene.Create();
        // A list that was made lately is told by the store as well, and this is about the others.
        await scene.Timeline.Redis.Run(store => store.ListRightPushAsync(
            $"notifications:{scene.Author.Id}", TimelineLists.Complete));
        var mention = APost.By(scene.Fan, mentions: [scene.Author]);
        var boost = APost.Boost(scene.Fan, scene.Original);

        await scene.Timeline.Accept(mention);
        await scene.Timeline.Accept(boost);
        await scene.Timeline.Deliver(mention, boost);

        await Eventually.Is(async () => Lines(await scene.Author.Get("/api/v1/notifications"))
            .SequenceEqual([$"reblog {boost.PostId}", $"mention {mention.PostId}"]));
    }

    [Fact]
    public async Task Nobody_is_notified_of_what_he_does_himself()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author, mentions: [author]);
        await timeline.Deliver(post, APost.Boost(author, post));
        await timeline.Publish(APost.Favourite(author, post));
        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM favourites WHERE post_id = $1", post.PostId) == 1);

        Assert.Empty(await author.Ids("/api/v1/notifications"));
    }

    private static List<string> Lines(JsonElement notifications) =>
    [
        .. notifications.EnumerateArray().Select(notification =>
            $"{notification.GetProperty("type").GetString()} {notification.GetProperty("id").GetString()}"),
    ];

    private static IEnumerable<string> Kinds(JsonElement notifications) =>
        Lines(notifications).Select(line => line.Split(' ')[0]);

    private static string? StatusId(JsonElement notification) =>
        notification.TryGetProperty("status", out var status) ? status.GetProperty("id").GetString() : null;
}
