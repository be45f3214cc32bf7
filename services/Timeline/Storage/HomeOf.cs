using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>
/// <see cref="HomePosts"/> of a reader whose relations are looked up when Postgres is first needed: a warm timeline
/// does without both.
/// </summary>
internal sealed class HomeOf(PostgresReads database, RelationDirectory relations, long readerId) : IPostSource
{
    private IReadOnlyDictionary<long, Standing>? _relations;
    private HomePosts? _posts;

    /// <summary>The reader and whom he follows.</summary>
    public async Task<IReadOnlyList<long>> AuthorIds(CancellationToken cancellationToken)
    {
        _relations ??= await relations.All(readerId, cancellationToken);
        return [readerId, .. WhoHas(_relations, Standing.Following)];
    }

    public async Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken) =>
        await (await Posts(cancellationToken)).Below(below, above, count, cancellationToken);

    public async Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken) =>
        await (await Posts(cancellationToken)).Above(above, below, count, cancellationToken);

    private async Task<HomePosts> Posts(CancellationToken cancellationToken)
    {
        if (_posts is not null)
            return _posts;
        var authorIds = await AuthorIds(cancellationToken);
        return _posts = new(database, readerId, [.. authorIds], [.. WhoHas(_relations!, Standing.BoostsHidden)]);
    }

    private static IEnumerable<long> WhoHas(IReadOnlyDictionary<long, Standing> relations, Standing flag) =>
        relations.Where(relation => relation.Value.HasFlag(flag)).Select(relation => relation.Key);
}
