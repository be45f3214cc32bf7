using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>
/// The notifications of an account as they follow from what is stored: mentions, boosts and favourites from Postgres,
/// follows from FollowGraph. Cleared ones are left out; dismissed ones are passed over by leaving them out of
/// <see cref="Known"/>, so that the length of an answer still says whether there is more.
/// </summary>
internal sealed class NotificationFacts(
    PostgresReads database,
    Publisher publisher,
    NotificationMarks marks,
    long accountId) : IPostSource
{
    /// <summary>Follows that one question may ask for.</summary>
    private const int FollowsPerQuestionMax = 1_000;

    private const string SqlBelow =
        """
        (SELECT post_id AS id, 'mention' AS kind, author_id, post_id
           FROM mentions JOIN posts ON posts.id = post_id
          WHERE account_id = $1 AND post_id < $2 AND post_id > $3 AND author_id <> $1 AND deleted_at IS NULL
          ORDER BY post_id DESC LIMIT $4)
        UNION ALL
        (SELECT id, 'reblog', author_id, boost_of_id
           FROM posts
          WHERE boost_of_author_id = $1 AND id < $2 AND id > $3 AND author_id <> $1 AND deleted_at IS NULL
          ORDER BY id DESC LIMIT $4)
        UNION ALL
        (SELECT change_id, 'favourite', account_id, post_id
           FROM favourites
          WHERE author_id = $1 AND change_id < $2 AND change_id > $3 AND account_id <> $1 AND is_active
          ORDER BY change_id DESC LIMIT $4)
         ORDER BY 1 DESC LIMIT $4
        """;

    private const string SqlAbove =
        """
        (SELECT post_id AS id, 'mention' AS kind, author_id, post_id
           FROM mentions JOIN posts ON posts.id = post_id
          WHERE account_id = $1 AND post_id < $2 AND post_id > $3 AND author_id <> $1 AND deleted_at IS NULL
          ORDER BY post_id LIMIT $4)
        UNION ALL
        (SELECT id, 'reblog', author_id, boost_of_id
           FROM posts
          WHERE boost_of_author_id = $1 AND id < $2 AND id > $3 AND author_id <> $1 AND deleted_at IS NULL
          ORDER BY id LIMIT $4)
        UNION ALL
        (SELECT change_id, 'favourite', account_id, post_id
           FROM favourites
          WHERE author_id = $1 AND change_id < $2 AND change_id > $3 AND account_id <> $1 AND is_active
          ORDER BY change_id LIMIT $4)
         ORDER BY 1 LIMIT $4
        """;

    private readonly Dictionary<long, NotificationEntry> _known = [];

    private readonly List<NotificationEntry> _dismissals = [];

    /// <summary>What was found so far and is to be shown, by id.</summary>
    public IReadOnlyDictionary<long, NotificationEntry> Known => _known;

    /// <summary>What was found so far and is dismissed, as entries for the list.</summary>
    public IReadOnlyList<NotificationEntry> Dismissals => _dismissals;

    public async Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        above = Math.Max(above, await marks.ClearedUpTo(accountId, cancellationToken));
        var posts = await Read(SqlBelow, below, above, count, cancellationToken);
        var follows = await Follows(below, above, count, cancellationToken);
        return await Keep(
            [.. posts.Concat(follows).OrderByDescending(entry => entry.Id).Take(count)],
            cancellationToken);
    }

    public async Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken)
    {
        above = Math.Max(above, await marks.ClearedUpTo(accountId, cancellationToken));
        var posts = await Read(SqlAbove, below, above, count, cancellationToken);
        var follows = await Follows(below, above, FollowsPerQuestionMax, cancellationToken);
        return await Keep([.. posts.Concat(follows).OrderBy(entry => entry.Id).Take(count)], cancellationToken);
    }

    private async Task<IReadOnlyList<PageEntry>> Keep(
        NotificationEntry[] entries,
        CancellationToken cancellationToken)
    {
        var ids = entries.Select(entry => entry.Id).ToArray();
        var dismissed = await marks.DismissedOf(accountId, ids, cancellationToken);
        foreach (var entry in entries.Where(entry => !dismissed.Contains(entry.Id)))
            _known[entry.Id] = entry;
        _dismissals.AddRange(dismissed.Select(NotificationEntry.Dismissing));
        return [.. ids.Select(PageEntry.Of)];
    }

    private async Task<IEnumerable<NotificationEntry>> Follows(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        var found = await publisher.Ask<GetFollows, FollowsFound>(
            new(accountId, below, Math.Min(count, FollowsPerQuestionMax)),
            cancellationToken);
        return found.Follows.Select(follow => NewNotification.Of(follow).Entry).Where(entry => entry.Id > above);
    }

    private async Task<IReadOnlyList<NotificationEntry>> Read(
        string sql,
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = count });
        var entries = new List<NotificationEntry>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            entries.Add(new(
                rows.GetInt64(0),
                Enum.Parse<NotificationKind>(rows.GetString(1), ignoreCase: true),
                rows.GetInt64(2),
                rows.GetInt64(3)));
        return entries;
    }
}
