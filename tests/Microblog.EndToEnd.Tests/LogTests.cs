using System.Net.Http.Json;
using System.Security.Cryptography;

namespace Microblog.EndToEnd.Tests;

/// <summary>
/// What people type and prove themselves with is in no log: of no service, of no server, not when it fails.
/// </summary>
public sealed class LogTests
{
    private readonly string _mark = $"mark{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    [Fact]
    public async Task Nothing_that_people_write_or_keep_secret_is_in_a_log()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson(_mark);

        await Write(alice);
        await Mistype(system, alice);
        (await alice.Post("/api/v1/reports", new { account_id = alice.Id, comment = _mark })).Ok();

        // What was logged before the report is in the logs with it.
        await Eventually.Is(() => Task.FromResult(system.Logs().Contains(alice.Id, StringComparison.Ordinal)));
        var logs = system.Logs();
        Assert.DoesNotContain(_mark, logs, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(alice.Password, logs, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(alice.Token, logs, StringComparison.Ordinal);
        Assert.DoesNotContain(" failed in trace ", logs, StringComparison.Ordinal);
    }

    private async Task Write(Person alice)
    {
        var text = $"{_mark} #{_mark} @{_mark} https://{_mark}.example/";
        var field = new { name = _mark, value = text };
        (await alice.Send(new(HttpMethod.Patch, "/api/v1/accounts/update_credentials")
        {
            Content = JsonContent.Create(
                new { display_name = _mark, note = text, fields_attributes = new[] { field } }),
        })).Ok();
        var post = await alice.Write(text);
        (await alice.Post("/api/v1/statuses", new { status = text, spoiler_text = _mark, visibility = "direct" })).Ok();
        await alice.Sees(post);
        (await alice.Get($"/api/v2/search?q={_mark}")).Ok();
        (await alice.Get($"/api/v1/accounts/lookup?acct={alice.Username}")).Ok();
        (await alice.Get($"/api/v1/timelines/tag/{_mark}")).Ok();
        (await alice.Delete($"/api/v1/statuses/{post}")).Ok();
    }

    // Each of these fails somewhere: in a validator, on a unique index, at the gateway, at a token.
    private async Task Mistype(RunningSystem system, Person alice)
    {
        var app = await Application.Register(system);
        using var again = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = JsonContent.Create(new
            {
                username = alice.Username,
                email = alice.Email,
                password = alice.Password,
                agreement = true,
            }),
        };
        again.Headers.Authorization = new("Bearer", await app.Token(system));
        string[] addresses =
        [
            $"/api/v1/statuses/{_mark}", $"/api/v1/accounts/{_mark}", $"/@{_mark}", $"/api/v1/{_mark}",
            $"/api/v1/timelines/home?access_token={alice.Token}", $"/api/v1/search?q={_mark}&limit={_mark}",
            $"/oauth/authorize?client_id={_mark}&redirect_uri=https://{_mark}.example", $"/api/oembed?url={_mark}",
        ];

        Refused(await system.Http.SendAsync(again));
        foreach (var address in addresses)
            Refused(await system.Http.GetAsync(address));
        foreach (var password in new[] { _mark, alice.Password })
        {
            Refused(await system.Http.PostAsJsonAsync("/oauth/token", new
            {
                grant_type = "password",
                client_id = app.ClientId,
                client_secret = _mark,
                username = alice.Username,
                password,
            }));
        }

        Refused(await system.Http.PostAsync("/api/v1/apps", new StringContent($$"""{"{{_mark}}":"{{_mark}}""")));
        Refused((await alice.Post("/api/v1/statuses", new { status = _mark, visibility = _mark })).Response);
        Refused((await alice.Get($"/api/v1/accounts/search?q={_mark}&offset={_mark}")).Response);
    }

    private static void Refused(HttpResponseMessage answer) => Assert.True(
        (int)answer.StatusCode is >= 400 and < 500,
        $"{answer.RequestMessage} was answered {answer.StatusCode}.");
}
