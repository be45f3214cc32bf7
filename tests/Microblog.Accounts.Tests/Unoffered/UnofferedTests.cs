namespace Microblog.Accounts.Tests.Unoffered;

[Collection(RunningAccounts.Name)]
public sealed class UnofferedTests(RunningAccounts accounts)
{
    [Theory]
    [InlineData("/api/v1/custom_emojis")]
    [InlineData("/api/v1/announcements")]
    [InlineData("/api/v1/trends/tags")]
    [InlineData("/api/v1/trends/statuses")]
    [InlineData("/api/v1/suggestions")]
    [InlineData("/api/v2/suggestions")]
    [InlineData("/api/v1/directory")]
    [InlineData("/api/v1/domain_blocks")]
    [InlineData("/api/v1/featured_tags")]
    [InlineData("/api/v1/filters")]
    [InlineData("/api/v2/filters")]
    [InlineData("/api/v1/accounts/1/featured_tags")]
    [InlineData("/api/v1/accounts/1/endorsements")]
    public async Task What_clients_ask_at_start_is_an_empty_list(string path)
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Get(path, person.Token);

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task There_is_no_push_subscription()
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Get("/api/v1/push/subscription", person.Token);

        Assert.Equal("Record not found", await RunningAccounts.ErrorOf(answer, 404));
    }

    [Theory]
    [InlineData("POST", "/api/v2/filters")]
    [InlineData("DELETE", "/api/v1/filters/1")]
    [InlineData("POST", "/api/v2/filters/1/keywords")]
    public async Task What_would_be_stored_is_refused_honestly(string method, string path)
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Send(new(method), path, person.Token);

        Assert.Equal("This server does not offer this", await RunningAccounts.ErrorOf(answer, 422));
    }
}
