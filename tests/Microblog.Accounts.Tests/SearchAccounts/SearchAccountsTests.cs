using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;

namespace Microblog.Accounts.Tests.SearchAccounts;

[Collection(RunningAccounts.Name)]
public sealed class SearchAccountsTests(RunningAccounts accounts)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("@", "")]
    [InlineData("", "@microblog.test")]
    [InlineData("@", "@microblog.test")]
    public async Task The_exact_name_comes_first_however_it_is_written(string before, string after)
    {
        var name = RunningAccounts.NewName("Exact");
        await accounts.NewPerson(name + "_x");
        var wanted = await accounts.NewPerson(name);
        await accounts.NewPerson("x_" + name);

        var found = await Search(wanted, $"{before}{name.ToUpperInvariant()}{after}");

        Assert.Equal([name, name + "_x", "x_" + name], found);
    }

    [Fact]
    public async Task A_part_of_the_display_name_is_found()
    {
        var person = await accounts.NewPerson();
        var part = RunningAccounts.NewName("Müller");
        await Edit(person, ("display_name", $"Dr. {part}"));

        Assert.Equal([person.Username], await Search(person, part.ToLowerInvariant()));
    }

    [Fact]
    public async Task Who_does_not_want_to_be_discovered_is_found_by_the_exact_name_only()
    {
        var person = await accounts.NewPerson(RunningAccounts.NewName("Hidden"));
        await Edit(person, ("discoverable", "false"));

        Assert.Empty(await Search(person, person.Username[..^1]));
        Assert.Equal([person.Username], await Search(person, person.Username));
    }

    [Fact]
    public async Task What_is_a_pattern_elsewhere_is_text_here()
    {
        var person = await accounts.NewPerson();

        Assert.Empty(await Search(person, "%%%"));
        Assert.Empty(await Search(person, "___"));
        Assert.Empty(await Search(person, "'; DROP TABLE users; --"));
    }

    [Fact]
    public async Task A_name_at_another_host_finds_nobody()
    {
        var person = await accounts.NewPerson();

        Assert.Empty(await Search(person, $"{person.Username}@other.example"));
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        var start = RunningAccounts.NewName("Paged");
        var person = await accounts.NewPerson($"{start}_1");
        await accounts.NewPerson($"{start}_2");
        await accounts.NewPerson($"{start}_3");

        Assert.Equal([$"{start}_1", $"{start}_2"], await Search(person, start, "&limit=2"));
        Assert.Equal([$"{start}_3"], await Search(person, start, "&limit=2&offset=2"));
    }

    [Fact]
    public async Task Only_those_one_follows_can_be_asked_for()
    {
        var start = RunningAccounts.NewName("Follow");
        var reader = await accounts.NewPerson();
        var followed = await accounts.NewPerson($"{start}_a");
        await accounts.NewPerson($"{start}_b");
        await accounts.Redis.Run(database => Task.WhenAll(
            database.HashSetAsync(RelationSnapshots.Key(reader.Id), RelationSnapshots.CompleteField, "1"),
            database.HashSetAsync(
                RelationSnapshots.Key(reader.Id),
                followed.Id,
                RelationSnapshots.Encode(Standing.Following, muteEndsAt: null))));

        Assert.Equal([followed.Username], await Search(reader, start, "&following=true"));
    }

    [Fact]
    public async Task Searching_needs_a_query_a_person_and_the_scope()
    {
        var person = await accounts.NewPerson();

        using var empty = await accounts.Get("/api/v1/accounts/search?q=", person.Token);
        using var nobody = await accounts.Get("/api/v1/accounts/search?q=x");
        using var negative = await accounts.Get("/api/v1/accounts/search?q=x&offset=-1", person.Token);

        Assert.Equal("param is missing or the value is empty: q", await RunningAccounts.ErrorOf(empty, 400));
        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(nobody, 401));
        Assert.Contains("must be positive", await RunningAccounts.ErrorOf(negative, 400));
    }

    [Fact]
    public async Task Other_services_find_the_same()
    {
        var person = await accounts.NewPerson();

        var found = await accounts.Publisher.Ask<FindAccounts, AccountsMatched>(
            new($"@{person.Username}", Limit: 5, Offset: 0),
            CancellationToken.None);

        Assert.Equal([person.Id], found.AccountIds);
    }

    private async Task<IReadOnlyList<string?>> Search(TestPerson caller, string query, string others = "")
    {
        using var answer = await accounts.Get(
            $"/api/v1/accounts/search?q={Uri.EscapeDataString(query)}{others}",
            caller.Token);
        var found = await RunningAccounts.Json(answer);
        return [.. found.EnumerateArray().Select(account => account.GetProperty("username").GetString())];
    }

    private async Task Edit(TestPerson person, params (string Name, string Value)[] fields)
    {
        using var answer = await accounts.Send(
            HttpMethod.Patch,
            "/api/v1/accounts/update_credentials",
            person.Token,
            RunningAccounts.Form(fields));
        Assert.True(answer.IsSuccessStatusCode);
    }
}
