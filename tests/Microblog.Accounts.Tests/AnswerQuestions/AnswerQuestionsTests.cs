using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;

namespace Microblog.Accounts.Tests.AnswerQuestions;

[Collection(RunningAccounts.Name)]
public sealed class AnswerQuestionsTests(RunningAccounts accounts)
{
    [Fact]
    public async Task Profiles_are_given_and_put_into_redis_again()
    {
        var person = await accounts.NewPerson();
        await accounts.Redis.Run(database => database.KeyDeleteAsync(AccountSnapshots.Key(person.Id)));

        var found = await accounts.Publisher.Ask<GetAccounts, AccountsFound>(
            new([person.Id, 1]),
            CancellationToken.None);

        Assert.Equal(person.Username, Assert.Single(found.Accounts).Username);
        Assert.True(await accounts.Redis.Run(database =>
            database.HashExistsAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Profile)));
    }

    [Fact]
    public async Task Names_are_resolved_in_any_case_they_were_written()
    {
        var person = await accounts.NewPerson();

        var found = await accounts.Publisher.Ask<ResolveNames, NamesResolved>(
            new([person.Username.ToLowerInvariant(), "nobody_at_all"]),
            CancellationToken.None);

        Assert.Equal(person.Id, Assert.Single(found.Accounts).AccountId);
    }

    [Fact]
    public async Task Revoked_tokens_are_listed_by_id()
    {
        var (person, other) = (await accounts.NewPerson(), await accounts.NewPerson());
        foreach (var one in new[] { person, other })
        {
            var form = RunningAccounts.Form(
                ("client_id", one.App.ClientId), ("client_secret", one.App.ClientSecret), ("token", one.Token));
            using var revoked = await accounts.Send(HttpMethod.Post, "/oauth/revoke", body: form);
        }

        var all = await accounts.Publisher.Ask<ListRevokedTokens, RevokedTokensListed>(new(0), CancellationToken.None);
        var rest = await accounts.Publisher.Ask<ListRevokedTokens, RevokedTokensListed>(
            new(all.Tokens[0].TokenId), CancellationToken.None);
        var none = await accounts.Publisher.Ask<ListRevokedTokens, RevokedTokensListed>(
            new(long.MaxValue), CancellationToken.None);

        Assert.True(all.Tokens.Count >= 2);
        Assert.Equal(all.Tokens.OrderBy(token => token.TokenId), all.Tokens);
        Assert.DoesNotContain(all.Tokens[0], rest.Tokens);
        Assert.Contains(all.Tokens[1], rest.Tokens);
        Assert.Empty(none.Tokens);
    }

    [Fact]
    public async Task No_more_than_the_bound_is_looked_up()
    {
        var person = await accounts.NewPerson();
        var tooMany = Enumerable.Range(1, 200).Select(id => (long)id).Append(person.Id).ToArray();

        var found = await accounts.Publisher.Ask<GetAccounts, AccountsFound>(new(tooMany), CancellationToken.None);

        Assert.Empty(found.Accounts);
    }
}
