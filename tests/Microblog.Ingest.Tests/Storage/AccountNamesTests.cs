using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.Ingest.Tests.Storage;

/// <summary>Alone, because the index of names is one for all worlds of this process.</summary>
[Collection(Alone.Name)]
public class AccountNamesTests(RunningIngest ingest) : IClassFixture<RunningIngest>
{
    [Fact]
    public async Task While_the_index_is_incomplete_Accounts_is_asked_about_names_that_are_not_in_it()
    {
        var (author, bob, carol) = (await ingest.NewPerson(), await ingest.NewPerson(), await ingest.NewPerson());
        await ingest.Redis.Run(database => Task.WhenAll(
            database.KeyDeleteAsync(AccountSnapshots.NamesCompleteKey),
            database.KeyDeleteAsync(AccountSnapshots.NameKey(bob.Username))));

        await author.Post($"@{bob.Username} @{carol.Username} @nobody");

        var post = await ingest.Heard.First<PostCreated>(post => post.AuthorId == author.Id);
        Assert.Equal([new(bob.Id, bob.Username), new Mention(carol.Id, carol.Username)], post.Mentions);
        var question = Assert.Single(ingest.Neighbours.Asked.All<ResolveNames>(_ => true));
        Assert.Equal([bob.Username.ToLowerInvariant(), "nobody"], question.Usernames);
    }
}
