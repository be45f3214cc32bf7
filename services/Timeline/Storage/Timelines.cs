using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Opens home timelines and authors' own timelines for reading. A warm one costs one round trip to Redis; one that is
/// missing is rebuilt first, and one that somebody else is rebuilding is read from Postgres.
/// </summary>
internal sealed class Timelines(
    NpgsqlDataSource database,
    TimelineReader reader,
    TimelineRebuilder rebuilder,
    RelationDirectory relations)
{
    /// <param name="count">Length of the page that will be read.</param>
    public async Task<IPostSource> Home(long readerId, int count, CancellationToken cancellationToken)
    {
        var key = HomeTimelines.Key(readerId);
        var stored = new HomeOf(database, relations, readerId);
        var list = await reader.Newest(key, readerId, count);
        if (list.NeedsRebuild && await rebuilder.Rebuild(
            key, () => stored.AuthorIds(cancellationToken), stored, cancellationToken))
            list = await reader.Newest(key, readerId, count);
        return new ListedPosts(list, () => reader.Whole(key, readerId), stored);
    }

    /// <param name="count">Length of the page that will be read.</param>
    public async Task<IPostSource> Author(
        long authorId,
        AuthorPostsFilter filter,
        int count,
        CancellationToken cancellationToken)
    {
        var key = AuthorTimelines.Key(authorId);
        var list = await reader.Newest(key, authorId, count);
        if (list.NeedsRebuild && await RebuildAuthor(authorId, cancellationToken))
            list = await reader.Newest(key, authorId, count);
        return new ListedPosts(list, () => reader.Whole(key, authorId), new AuthorPosts(database, authorId, filter));
    }

    /// <summary>
    /// Lets later followers of the author have his newest posts merged without a rebuild of their own.
    /// </summary>
    public async Task EnsureAuthor(long authorId, CancellationToken cancellationToken)
    {
        var list = await reader.Newest(AuthorTimelines.Key(authorId), authorId, count: 1);
        if (list.NeedsRebuild)
            await RebuildAuthor(authorId, cancellationToken);
    }

    private Task<bool> RebuildAuthor(long authorId, CancellationToken cancellationToken) => rebuilder.Rebuild(
        AuthorTimelines.Key(authorId),
        () => Task.FromResult<IReadOnlyList<long>>([authorId]),
        new AuthorPosts(database, authorId, AuthorPostsFilter.None),
        cancellationToken);
}
