using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.Tests.Suspend;

[Collection(RunningAccounts.Name)]
public sealed class SuspendTests(RunningAccounts accounts)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_tokens_of_somebody_suspended_are_refused_here_at_once_and_elsewhere_within_a_second()
    {
        var other = await accounts.StartAnother();
        var person = await accounts.NewPerson();

        var suspended = await Suspend(person);

        Assert.Equal(new SuspensionSettled(person.Id, IsKnown: true, EndedTokenCount: 1), suspended);
        await Eventually.Is(
            async () =>
            {
                using var there = await accounts.Send(
                    HttpMethod.Get, "/api/v1/accounts/verify_credentials", person.Token, of: other);
                return (int)there.StatusCode == 401;
            },
            Second);
    }

    [Fact]
    public async Task Somebody_suspended_cannot_log_in_and_is_told_no_more_than_a_stranger()
    {
        var person = await accounts.NewPerson();
        await Suspend(person);

        using var refused = await LogIn(person, RunningAccounts.Password);
        using var wrong = await LogIn(person, "not the password");

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(), await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_browser_that_was_logged_in_authorizes_nothing_any_more()
    {
        var person = await accounts.NewPerson();
        var authorize = "/oauth/authorize?response_type=code&scope=read"
            + $"&client_id={person.App.ClientId}&redirect_uri={Uri.EscapeDataString(person.App.RedirectUri)}";
        using var browser = new TestBrowser(accounts);
        await browser.LogIn(authorize, person);
        await Suspend(person);

        await browser.Open(authorize);

        Assert.Contains("action=\"/auth/sign_in\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_says_so_until_the_suspension_is_over()
    {
        var person = await accounts.NewPerson();

        await Suspend(person);
        var suspended = await Profile(person);
        await Unsuspend(person);
        var letIn = await Profile(person);
        using var login = await LogIn(person, RunningAccounts.Password);

        Assert.Equal((true, false), (suspended.IsSuspended, letIn.IsSuspended));
        Assert.Equal(suspended.Version + 1, letIn.Version);
        Assert.Equal(200, (int)login.StatusCode);
    }

    [Fact]
    public async Task Suspending_twice_ends_what_was_issued_in_between_and_changes_nothing_else()
    {
        var person = await accounts.NewPerson();
        await Suspend(person);
        var before = await Profile(person);

        var again = await Suspend(person);

        Assert.Equal(0, again.EndedTokenCount);
        Assert.Equal(before.Version, (await Profile(person)).Version);
    }

    [Fact]
    public async Task Somebody_who_does_not_exist_cannot_be_suspended() =>
        Assert.False((await Ask<SuspendAccount>(new(17))).IsKnown);

    private Task<SuspensionSettled> Suspend(TestPerson person) => Ask<SuspendAccount>(new(person.Id));

    private Task<SuspensionSettled> Unsuspend(TestPerson person) => Ask<UnsuspendAccount>(new(person.Id));

    private Task<SuspensionSettled> Ask<TCommand>(TCommand command)
        where TCommand : class =>
        accounts.Publisher.Ask<TCommand, SuspensionSettled>(command, CancellationToken.None);

    private async Task<AccountProfile> Profile(TestPerson person) =>
        (await accounts.Publisher.Ask<GetAccounts, AccountsFound>(new([person.Id]), CancellationToken.None))
            .Accounts[0];

    private Task<HttpResponseMessage> LogIn(TestPerson person, string password) => accounts.PostForm("/oauth/token", [
        ("grant_type", "password"),
        ("client_id", person.App.ClientId),
        ("client_secret", person.App.ClientSecret),
        ("username", person.Username),
        ("password", password),
        ("scope", "read"),
    ]);
}
