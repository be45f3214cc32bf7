using Microblog.ClientEntities;
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
    /// <summary>Times that a list is looked at which cannot be finished; in all half of a handler's time.</summary>
    private const int LooksMax = 150;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="count">Length of the page that will be read.</param>
    public async Task<IPostSource> Home(long readerId, int count, CancellationToken cancellationToken)
    {
        var stored = new HomeOf(database, relations, readerId);
        return await Open(
            TimelineList.Home(readerId),
            count,
            stored,
            () => RebuildHome(readerId, stored, cancellationToken));
    }

    /// <param name="count">Length of the page that will be read.</param>
    public Task<IPostSource> Author(
        long authorId,
        AuthorPostsFilter filter,
        int count,
        CancellationToken cancellationToken) => Open(
            TimelineList.Author(authorId),
            count,
            new AuthorPosts(database, authorId, filter),
            () => RebuildAuthor(authorId, cancellationToken));

    /// <summary>
    /// Lets later followers of the author have his newest posts merged without a rebuild of their own.
    /// </summary>
    public async Task EnsureAuthor(long authorId, CancellationToken cancellationToken)
    {
        var list = await reader.Newest(TimelineList.Author(authorId), count: 1);
        if (list.NeedsRebuild)
            await RebuildAuthor(authorId, cancellationToken);
    }

    /// <summary>
    /// Lets posts be delivered to the reader before he has ever read his timeline. One that somebody else is
    /// rebuilding is waited for, because it may be dropped before it is finished; and for some seconds so is a store
    /// that may be behind, because only a finished list can be read without Postgres. After that it is left to the next
    /// read.
    /// </summary>
    public async Task EnsureHome(long readerId, CancellationToken cancellationToken)
    {
        for (var looks = 0; looks < LooksMax && await NeedsRebuild(); looks++)
        {
            if (!await RebuildHome(readerId, new(database, relations, readerId), cancellationToken))
                await Task.Delay(LookEvery, cancellationToken);
        }

        async Task<bool> NeedsRebuild() =>
            (await reader.Newest(TimelineList.Home(readerId), count: 1)).NeedsRebuild;
    }

    private async Task<IPostSource> Open(
        TimelineList timeline,
        int count,
        IPostSource stored,
        Func<Task<bool>> rebuild)
    {
        try
        {
            var list = await reader.Newest(timeline, count);
            if (list.NeedsRebuild && await rebuild())
                list = await reader.Newest(timeline, count);
            return new ListedPosts(list, () => WholeOrNothing(timeline), stored);
        }
        catch (RedisAwayException)
        {
            metrics.TimelinePulled();
            return stored;
        }
    }

    private async Task<ListedIds> WholeOrNothing(TimelineList timeline)
    {
        try
        {
            return await reader.Whole(timeline);
        }
        catch (RedisAwayException)
        {
            metrics.TimelinePulled();
            return ListedIds.Unknown;
        }
    }

    private Task<bool> RebuildHome(long readerId, HomeOf stored, CancellationToken cancellationToken) =>
        rebuilder.Rebuild(
            TimelineList.Home(readerId),
            () => stored.AuthorIds(cancellationToken),
            stored,
            cancellationToken);

    private Task<bool> RebuildAuthor(long authorId, CancellationToken cancellationToken) => rebuilder.Rebuild(
        TimelineList.Author(authorId),
        () => Task.FromResult<IReadOnlyList<long>>([authorId]),
        new AuthorPosts(database, authorId, AuthorPostsFilter.None),
        cancellationToken);
}
