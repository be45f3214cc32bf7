namespace Microblog.Accounts.Tests.ShowInstance;

[Collection(RunningAccounts.Name)]
public sealed class ShowInstanceTests(RunningAccounts accounts)
{
    [Theory]
    [InlineData("/api/v1/instance")]
    [InlineData("/api/v1/instance/")]
    public async Task The_first_shape_has_what_clients_require(string path)
    {
        await accounts.NewPerson();
        using var answer = await accounts.Get(path);

        var instance = await RunningAccounts.Json(answer);

        Assert.Matches(
            @"^4\.2\.0 \(compatible; Microblog \d+\.\d+\.\d+\)$",
            instance.GetProperty("version").GetString()!);
        Assert.Equal("microblog.test", instance.GetProperty("uri").GetString());
        Assert.Equal("ws://microblog.test", instance.GetProperty("urls").GetProperty("streaming_api").GetString());
        Assert.Equal(500, instance.GetProperty("max_toot_chars").GetInt32());
        Assert.Equal("null", instance.GetProperty("contact_account").GetRawText());
        var statuses = instance.GetProperty("configuration").GetProperty("statuses");
        Assert.Equal(23, statuses.GetProperty("characters_reserved_per_url").GetInt32());
    }

    [Fact]
    public async Task The_second_shape_has_what_clients_require_and_no_promises()
    {
        var instance = await RunningAccounts.Json(await accounts.Get("/api/v2/instance"));

        Assert.Equal("microblog.test", instance.GetProperty("domain").GetString());
        var configuration = instance.GetProperty("configuration");
        Assert.Equal("ws://microblog.test", configuration.GetProperty("urls").GetProperty("streaming").GetString());
        Assert.Equal(500, configuration.GetProperty("statuses").GetProperty("max_characters").GetInt32());
        Assert.True(instance.GetProperty("registrations").GetProperty("enabled").GetBoolean());
        Assert.False(instance.TryGetProperty("api_versions", out _));
    }

    [Fact]
    public async Task People_and_posts_are_counted()
    {
        await accounts.NewPerson();
        var fresh = await accounts.StartAnother();

        using var answer = await accounts.Send(HttpMethod.Get, "/api/v1/instance", of: fresh);

        var stats = (await RunningAccounts.Json(answer)).GetProperty("stats");
        Assert.Equal(RunningAccounts.PostCount, stats.GetProperty("status_count").GetInt64());
        Assert.True(stats.GetProperty("user_count").GetInt64() > 0);
    }

    [Theory]
    [InlineData("/api/v1/instance")]
    [InlineData("/api/v2/instance")]
    public async Task The_instance_answers_without_postgres_and_says_so(string path)
    {
        await using var cut = await accounts.StartAnother(
            ("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Username=nobody;Password=x;Database=x"));

        using var answer = await accounts.Send(HttpMethod.Get, path, of: cut);

        var instance = await RunningAccounts.Json(answer);
        Assert.Equal("""["postgres"]""", instance.GetProperty("standby").GetRawText());
        Assert.Contains("postgres", answer.Headers.GetValues("Microblog-Standby").Single());
    }

    [Theory]
    [InlineData("/api/v1/instance/peers")]
    [InlineData("/api/v1/instance/rules")]
    [InlineData("/api/v1/instance/activity")]
    public async Task What_the_server_does_not_have_is_an_empty_list(string path)
    {
        using var answer = await accounts.Get(path);

        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_description_has_a_time_and_a_content()
    {
        var description = await RunningAccounts.Json(await accounts.Get("/api/v1/instance/extended_description"));

        Assert.EndsWith("Z", description.GetProperty("updated_at").GetString());
        Assert.StartsWith("<p>", description.GetProperty("content").GetString());
    }
}
