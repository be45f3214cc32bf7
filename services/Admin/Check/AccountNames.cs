using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>The index of names in Redis, unless it says itself that it is not complete.</summary>
internal sealed class AccountNames(Database database, RedisGateway redis) : IComparison
{
    private const int PageSize = 1_000;

    private const string UsersSql = "SELECT id FROM accounts.users WHERE id > $1 ORDER BY id LIMIT $2";

    private readonly People _people = new(database);

    public string Title => "Names in Redis";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        database.Ids(UsersSql, PageSize, cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var names = (await _people.Names(Ids.Of(subjects), cancellationToken)).ToArray();
        if (!await redis.Run(store => store.KeyExistsAsync(AccountSnapshots.NamesCompleteKey)))
            return [];
        var ids = await redis.Run(store => Task.WhenAll(
            names.Select(name => store.StringGetAsync(AccountSnapshots.NameKey(name.Value)))));
        return
        [
            .. names.Zip(ids)
                .Where(pair => pair.Second != pair.First.Key)
                .Select(pair => new Difference(
                    Ids.Text(pair.First.Key),
                    $"the name leads to {(pair.Second.IsNull ? "nobody" : pair.Second.ToString())}",
                    pair.First.Key)),
        ];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        await redis.Run(store => store.KeyDeleteAsync(AccountSnapshots.NamesCompleteKey));
        return $"The index of names, wrong for {subject}, is no longer trusted; Accounts writes it again.";
    }
}
