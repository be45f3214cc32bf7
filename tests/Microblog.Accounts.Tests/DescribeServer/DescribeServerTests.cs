namespace Microblog.Accounts.Tests.DescribeServer;

[Collection(RunningAccounts.Name)]
public sealed class DescribeServerTests(RunningAccounts accounts)
{
    [Fact]
    public async Task Clients_learn_how_to_log_in()
    {
        var metadata = await RunningAccounts.Json(await accounts.Get("/.well-known/oauth-authorization-server"));

        Assert.Equal($"{RunningAccounts.Origin}/", metadata.GetProperty("issuer").GetString());
        Assert.Equal(
            $"{RunningAccounts.Origin}/oauth/authorize",
            metadata.GetProperty("authorization_endpoint").GetString());
        Assert.Equal("S256", metadata.GetProperty("code_challenge_methods_supported")[0].GetString());
        Assert.Contains("write:statuses", metadata.GetProperty("scopes_supported").GetRawText());
        Assert.Contains("password", metadata.GetProperty("grant_types_supported").GetRawText());
    }

    [Fact]
    public async Task A_grant_that_is_off_is_not_announced()
    {
        var service = await accounts.StartAnother(("Accounts:PasswordGrant", "false"));

        using var answer = await accounts.Send(HttpMethod.Get, "/.well-known/oauth-authorization-server", of: service);

        var grants = (await RunningAccounts.Json(answer)).GetProperty("grant_types_supported").GetRawText();
        Assert.DoesNotContain("password", grants);
    }

    [Fact]
    public async Task Nodeinfo_is_found_and_names_the_software()
    {
        var pointer = await RunningAccounts.Json(await accounts.Get("/.well-known/nodeinfo"));
        var address = pointer.GetProperty("links")[0].GetProperty("href").GetString()!;

        var nodeInfo = await RunningAccounts.Json(await accounts.Get(address));

        Assert.Equal("microblog", nodeInfo.GetProperty("software").GetProperty("name").GetString());
        Assert.True(nodeInfo.GetProperty("openRegistrations").GetBoolean());
        Assert.True(nodeInfo.GetProperty("usage").GetProperty("users").TryGetProperty("total", out _));
    }

    [Fact]
    public async Task Host_meta_points_to_webfinger()
    {
        using var answer = await accounts.Get("/.well-known/host-meta");

        var document = System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var link = document.Root!.Elements().Single();
        Assert.Equal(
            $"{RunningAccounts.Origin}/.well-known/webfinger?resource={{uri}}",
            link.Attribute("template")!.Value);
    }

    [Fact]
    public async Task Webfinger_resolves_a_name()
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Get($"/.well-known/webfinger?resource=acct:{person.Username}@microblog.test");
        using var nobody = await accounts.Get("/.well-known/webfinger?resource=acct:nobody_at_all@microblog.test");

        Assert.Equal("application/jrd+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $"acct:{person.Username}@microblog.test",
            (await RunningAccounts.Json(answer)).GetProperty("subject").GetString());
        Assert.Equal("Record not found", await RunningAccounts.ErrorOf(nobody, 404));
    }
}
