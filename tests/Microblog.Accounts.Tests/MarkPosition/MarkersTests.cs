using System.Net.Http.Json;

namespace Microblog.Accounts.Tests.MarkPosition;

[Collection(RunningAccounts.Name)]
public sealed class MarkersTests(RunningAccounts accounts)
{
    [Fact]
    public async Task Every_timeline_asked_for_has_a_marker_even_if_it_was_never_marked()
    {
        var person = await accounts.NewPerson();

        var markers = await RunningAccounts.Json(
            await accounts.Get("/api/v1/markers?timeline[]=notifications&timeline[]=home", person.Token));

        Assert.Equal("0", markers.GetProperty("notifications").GetProperty("last_read_id").GetString());
        Assert.Equal(0, markers.GetProperty("home").GetProperty("version").GetInt32());
        Assert.EndsWith("Z", markers.GetProperty("home").GetProperty("updated_at").GetString());
    }

    [Fact]
    public async Task A_position_is_kept_and_its_version_rises()
    {
        var person = await accounts.NewPerson();
        using var first = await Mark(person, JsonContent.Create(new { home = new { last_read_id = "109" } }));

        using var second = await Mark(person, RunningAccounts.Form(("home[last_read_id]", "110")));

        var marker = (await RunningAccounts.Json(second)).GetProperty("home");
        Assert.Equal("110", marker.GetProperty("last_read_id").GetString());
        Assert.Equal(2, marker.GetProperty("version").GetInt32());
        var shown = await RunningAccounts.Json(await accounts.Get("/api/v1/markers?timeline[]=home", person.Token));
        var home = shown.GetProperty("home");
        Assert.Equal("110", home.GetProperty("last_read_id").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", home.GetProperty("updated_at").GetString()!);
    }

    [Fact]
    public async Task Two_devices_at_once_never_get_the_same_version()
    {
        var person = await accounts.NewPerson();

        var answers = await Task.WhenAll(Enumerable.Range(1, 5).Select(id =>
            Mark(person, RunningAccounts.Form(("notifications[last_read_id]", $"{id}")))));

        var versions = new List<int>();
        foreach (var answer in answers)
        {
            var marker = (await RunningAccounts.Json(answer)).GetProperty("notifications");
            versions.Add(marker.GetProperty("version").GetInt32());
        }

        Assert.Equal([1, 2, 3, 4, 5], versions.Order());
    }

    [Fact]
    public async Task A_position_that_is_no_id_is_refused()
    {
        var person = await accounts.NewPerson();

        using var answer = await Mark(person, RunningAccounts.Form(("home[last_read_id]", "nonsense")));

        Assert.Contains("home[last_read_id]", await RunningAccounts.ErrorOf(answer, 400));
    }

    private Task<HttpResponseMessage> Mark(TestPerson person, HttpContent body) =>
        accounts.Send(HttpMethod.Post, "/api/v1/markers", person.Token, body);
}
