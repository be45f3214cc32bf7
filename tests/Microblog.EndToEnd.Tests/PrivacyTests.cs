using System.Net;
using System.Net.Http.Json;

namespace Microblog.EndToEnd.Tests;

public sealed class PrivacyTests
{
    [Fact]
    public async Task A_post_is_as_private_as_its_author_set_by_default()
    {
        var system = await RunningSystem.Get();
        var (alice, stranger) = (await system.NewPerson("alice"), await system.NewPerson("stranger"));
        var source = new { privacy = "private", sensitive = true, language = "de" };
        (await alice.Send(new(HttpMethod.Patch, "/api/v1/accounts/update_credentials")
        {
            Content = JsonContent.Create(new { source }),
        })).Ok();

        var post = (await alice.Post("/api/v1/statuses", new { status = "for my followers" })).Ok();
        var open = (await alice.Post("/api/v1/statuses", new { status = "for all", visibility = "public" })).Ok();

        Assert.Equal("private", (string?)post["visibility"]);
        Assert.True((bool)post["sensitive"]!);
        Assert.Equal("de", (string?)post["language"]);
        Assert.Equal("public", (string?)open["visibility"]);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/api/v1/statuses/{post["id"]}")).Status);
    }

    [Fact]
    public async Task A_boost_for_followers_names_its_booster_to_followers_only()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        var stranger = await system.NewPerson("stranger");
        var post = await alice.Write("worth repeating");
        (await bob.Post($"/api/v1/statuses/{post}/reblog", new { visibility = "private" })).Ok();

        await Eventually.Is(async () => await Boosters(bob, post) is [_]);

        Assert.Empty(await Boosters(stranger, post));
    }

    [Fact]
    public async Task Whoever_is_blocked_is_not_named_among_those_who_favourited()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        var post = await alice.Write("liked by somebody");
        (await bob.Post($"/api/v1/statuses/{post}/favourite")).Ok();
        await Eventually.Is(async () => await Favouriters(alice, post) is [_]);

        (await alice.Post($"/api/v1/accounts/{bob.Id}/block")).Ok();

        Assert.Empty(await Favouriters(alice, post));
    }

    [Theory]
    [InlineData("write:nope")]
    [InlineData("read read:bogus")]
    public async Task A_scope_that_does_not_exist_is_not_granted(string scope)
    {
        var system = await RunningSystem.Get();
        var app = await Application.Register(system);

        var answer = await Answer.Of(await system.Http.PostAsJsonAsync("/oauth/token", new
        {
            grant_type = "client_credentials",
            client_id = app.ClientId,
            client_secret = app.ClientSecret,
            scope,
        }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_scope", answer.Error);
    }

    [Fact]
    public async Task What_is_not_offered_says_so_with_a_404_not_a_503()
    {
        var system = await RunningSystem.Get();

        var answer = await Answer.Of(await system.Http.GetAsync("/api/v1/streaming/health"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    private static async Task<string[]> Boosters(Person viewer, string post) =>
        Person.Ids((await viewer.Get($"/api/v1/statuses/{post}/reblogged_by")).Ok());

    private static async Task<string[]> Favouriters(Person viewer, string post) =>
        Person.Ids((await viewer.Get($"/api/v1/statuses/{post}/favourited_by")).Ok());
}
