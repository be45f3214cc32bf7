using Microblog.ClientEntities;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Opens home timelines and authors' own timelines for reading. A warm one costs one round trip to Redis; one that is
/// missing is rebuilt first, and one that somebody else is rebuilding is read from Postgres, as all are while Redis is
/// away.
/// </summary>
internal sealed class Timelines(
    PostgresReads database,
    TimelineReader reader,
    TimelineRebuilder rebuilder,
    RelationDirectory relations,
    TimelineMetrics metrics)
{
    /// <param name="count">Length of the page that will be read.</param>
    public async Task<IPostSource> Home(long readerId, int count, CancellationToken cancellationToken)
    {
        var stored = new HomeOf(database, relations, readerId);
        return await Open(
            HomeTimelines.Key(readerId),
            readerId,
            count,
            stored,
            key => rebuilder.Rebuild(key, () => stored.AuthorIds(cancellationToken), stored, cancellationToken));
    }

    /// <param name="count">Length of the page that will be read.</param>
    public Task<IPostSource> Author(
        long authorId,
        AuthorPostsFilter filter,
        int count,
        CancellationToken cancellationToken) => Open(
            AuthorTimelines.Key(authorId),
            authorId,
            count,
            new AuthorPosts(database, authorId, filter),
            _ => RebuildAuthor(authorId, cancellationToken));

    /// <summary>
    /// Lets later followers of the author have his newest posts merged without a rebuild of their own.
    /// </summary>
    public async Task EnsureAuthor(long authorId, CancellationToken cancellationToken)
    {
        var list = await reader.Newest(AuthorTimelines.Key(authorId), authorId, count: 1);
        if (list.NeedsRebuild)
            await RebuildAuthor(authorId, cancellationToken);
    }

    private async Task<IPostSource> Open(
        string key,
        long ownerId,
        int count,
        IPostSource stored,
        Func<string, Task<bool>> rebuild)
    {
        try
        {
            var list = await reader.Newest(key, ownerId, count);
            if (list.NeedsRebuild && await rebuild(key))
                list = await reader.Newest(key, ownerId, count);
            return new ListedPosts(list, () => WholeOrNothing(key, ownerId), stored);
        }
        catch (RedisAwayException)
        {
            metrics.TimelinePulled();
            return stored;
        }
    }

    private async Task<ListedIds> WholeOrNothing(string key, long ownerId)
    {
        try
        {
            return await reader.Whole(key, ownerId);
        }
        catch (RedisAwayException)
        {
            metrics.TimelinePulled();
            return ListedIds.Unknown;
        }
    }

    private Task<bool> RebuildAuthor(long authorId, CancellationToken cancellationToken) => rebuilder.Rebuild(
        AuthorTimelines.Key(authorId),
        () => Task.FromResult<IReadOnlyList<long>>([authorId]),
        new AuthorPosts(database, authorId, AuthorPostsFilter.None),
        cancellationToken);
}
