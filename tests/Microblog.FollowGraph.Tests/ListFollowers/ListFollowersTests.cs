using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microblog.FollowGraph.Tests.ListFollowers;

[Collection(nameof(RunningFollowGraph))]
public partial class ListFollowersTests(RunningFollowGraph followGraph)
{
    [Theory]
    [InlineData("followers")]
    [InlineData("following")]
    public async Task Following_the_links_shows_everybody_once_newest_first(string list)
    {
        var alice = await followGraph.NewPerson();
        var others = new List<Person>();
        for (var i = 0; i < 5; i++)
            others.Add(await followGraph.NewPerson());
        foreach (var other in others)
            await (list == "followers" ? other.Do("follow", alice) : alice.Do("follow", other));

        var (seen, pages) = (new List<string>(), new List<int>());
        var path = $"/api/v1/accounts/{alice.Id}/{list}?limit=2&limit=2";
        while (path is not null)
        {
            using var answer = await alice.Try(HttpMethod.Get, path);
            var page = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            seen.AddRange(page.EnumerateArray().Select(account => account.GetProperty("id").GetString()!));
            pages.Add(page.GetArrayLength());
            path = Next(answer);
        }

        Assert.Equal(others.Select(other => $"{other.Id}").Reverse(), seen);
        Assert.Equal([2, 2, 1], pages);
    }

    [Fact]
    public async Task The_link_to_newer_ones_shows_those_directly_above()
    {
        var alice = await followGraph.NewPerson();
        for (var i = 0; i < 4; i++)
            await (await followGraph.NewPerson()).Do("follow", alice);
        using var first = await alice.Try(HttpMethod.Get, $"/api/v1/accounts/{alice.Id}/followers?limit=2");
        using var second = await alice.Try(HttpMethod.Get, Next(first)!);

        using var back = await alice.Try(HttpMethod.Get, Previous(second)!);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await back.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_empty_list_has_no_link_and_can_be_read_by_anybody()
    {
        var alice = await followGraph.NewPerson();

        using var answer = await alice.Try(HttpMethod.Get, $"/api/v1/accounts/{alice.Id}/followers");

        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("nobody")]
    [InlineData("9223372036854775808")]
    public async Task The_list_of_an_unknown_account_is_not_found(string id)
    {
        var alice = await followGraph.NewPerson();
        var account = $"/api/v1/accounts/{id}";

        Assert.Equal((404, "Record not found"), await alice.Refused(HttpMethod.Get, account + "/followers"));
        Assert.Equal((404, "Record not found"), await alice.Refused(HttpMethod.Get, account + "/following"));
    }

    [Fact]
    public async Task A_limit_below_zero_or_a_cursor_that_is_none_is_refused_with_its_name()
    {
        var alice = await followGraph.NewPerson();
        var path = $"/api/v1/accounts/{alice.Id}/followers";

        Assert.Equal(400, (await alice.Refused(HttpMethod.Get, path + "?limit=-1")).Status);
        Assert.Equal(
            (400, "The parameter max_id must be a whole number"),
            await alice.Refused(HttpMethod.Get, path + "?max_id=x"));
    }

    private static string? Next(HttpResponseMessage answer) => Link(answer, "next");

    private static string? Previous(HttpResponseMessage answer) => Link(answer, "prev");

    private static string? Link(HttpResponseMessage answer, string relation)
    {
        var header = answer.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : "";
        var link = LinkPattern().Matches(header).FirstOrDefault(match => match.Groups["relation"].Value == relation);
        return link?.Groups["address"].Value[RunningFollowGraph.Origin.Length..];
    }

    [GeneratedRegex("<(?<address>[^>]+)>; rel=\"(?<relation>\\w+)\"")]
    private static partial Regex LinkPattern();
}
