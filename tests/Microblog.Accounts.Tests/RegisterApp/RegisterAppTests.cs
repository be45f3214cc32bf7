using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Tests.RegisterApp;

[Collection(RunningAccounts.Name)]
public sealed class RegisterAppTests(RunningAccounts accounts)
{
    [Fact]
    public async Task An_app_registers_with_json_and_gets_id_and_secret()
    {
        var answer = await accounts.Send(HttpMethod.Post, "/api/v1/apps", body: JsonContent.Create(new
        {
            client_name = "Toot",
            redirect_uris = new[] { "https://app.example/a", "urn:ietf:wg:oauth:2.0:oob" },
            scopes = "read write:statuses",
            website = "https://app.example",
        }));

        var app = await RunningAccounts.Json(answer);
        Assert.Equal("Toot", app.GetProperty("name").GetString());
        Assert.Equal("https://app.example", app.GetProperty("website").GetString());
        Assert.Equal(["read", "write:statuses"], app.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(2, app.GetProperty("redirect_uris").GetArrayLength());
        Assert.Equal("https://app.example/a\nurn:ietf:wg:oauth:2.0:oob", app.GetProperty("redirect_uri").GetString());
        Assert.Equal(0, app.GetProperty("client_secret_expires_at").GetInt32());
        Assert.Equal("", app.GetProperty("vapid_key").GetString());
        Assert.True(long.TryParse(app.GetProperty("id").GetString(), out _));
        Assert.True(app.GetProperty("client_id").GetString()!.Length >= 22);
        Assert.True(app.GetProperty("client_secret").GetString()!.Length >= 22);
    }

    [Fact]
    public async Task An_app_registers_with_a_form_and_reads_by_default()
    {
        var answer = await accounts.PostForm("/api/v1/apps", [
            ("client_name", "Form"),
            ("redirect_uris", "https://app.example/a\nmyapp://callback"),
        ]);

        var app = await RunningAccounts.Json(answer);
        Assert.Equal(["read"], app.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(2, app.GetProperty("redirect_uris").GetArrayLength());
        Assert.Equal("null", app.GetProperty("website").GetRawText());
    }

    [Fact]
    public async Task The_secret_is_not_stored()
    {
        var app = await accounts.NewApp();

        var stored = await accounts.InDatabase(db => db.Apps.SingleAsync(row => row.ClientId == app.ClientId));

        Assert.Equal(32, stored.ClientSecretHash.Length);
        Assert.DoesNotContain(app.ClientSecret, System.Text.Encoding.UTF8.GetString(stored.ClientSecretHash));
    }

    [Theory]
    [InlineData("", "https://app.example/", "read", "Client name can't be blank")]
    [InlineData("x", "", "read", "Redirect uris can't be blank")]
    [InlineData("x", "javascript:alert(1)", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "data:text/html,x", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "/relative", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "https://app.example/#fragment", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "https://user:password@app.example/", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "https://app.example/ü", "read", "Redirect uris must be absolute addresses")]
    [InlineData("x", "https://app.example/", "read fly", "Scopes doesn't match configured on the server.")]
    public async Task What_is_wrong_is_refused_with_the_field_named(
        string name,
        string uri,
        string scopes,
        string error)
    {
        var answer = await accounts.PostForm("/api/v1/apps", [
            ("client_name", name),
            ("redirect_uris", uri),
            ("scopes", scopes),
        ]);

        Assert.StartsWith($"Validation failed: {error}", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Theory]
    [InlineData("client_name", 61, "Client name is too long (maximum is 60 characters)")]
    [InlineData("website", 300, "Website is too long (maximum is 200 characters)")]
    public async Task What_is_too_long_is_refused(string field, int length, string error)
    {
        var fields = new Dictionary<string, string>
        {
            ["client_name"] = "x",
            ["redirect_uris"] = "https://app.example/",
            ["website"] = "https://app.example/",
        };
        fields[field] += new string('x', length);

        var answer = await accounts.PostForm("/api/v1/apps", [.. fields.Select(pair => (pair.Key, pair.Value))]);

        Assert.Contains(error, await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task A_website_that_runs_a_script_is_refused()
    {
        var answer = await accounts.PostForm("/api/v1/apps", [
            ("client_name", "x"),
            ("redirect_uris", "https://app.example/"),
            ("website", "javascript:alert(1)"),
        ]);

        Assert.Equal("Validation failed: Website is invalid", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task A_token_shows_its_app()
    {
        var app = await accounts.NewApp(name: "Shown");

        var answer = await accounts.Get("/api/v1/apps/verify_credentials", await accounts.AppToken(app));

        var shown = await RunningAccounts.Json(answer);
        Assert.Equal("Shown", shown.GetProperty("name").GetString());
        Assert.False(shown.TryGetProperty("client_secret", out _));
    }

    [Fact]
    public async Task Without_a_token_no_app_is_shown()
    {
        var answer = await accounts.Get("/api/v1/apps/verify_credentials");

        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(answer, 401));
    }
}
