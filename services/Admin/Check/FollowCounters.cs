using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>How many somebody follows, is followed by, blocks, mutes and has asked.</summary>
internal sealed class FollowCounters(Database database, RedisGateway redis) : Counters(database)
{
    private const string PeopleSql =
        "SELECT account_id FROM graph.people WHERE account_id > $1 ORDER BY account_id LIMIT $2";

    private const string Counted =
        """
        SELECT person.account_id,
               (SELECT count(*) FROM graph.followers WHERE followee_id = person.account_id) AS followers,
               (SELECT count(*) FROM graph.followees WHERE follower_id = person.account_id) AS following,
               (SELECT count(*) FROM graph.follow_requests WHERE follower_id = person.account_id) AS requests,
               (SELECT count(*) FROM graph.blocks WHERE account_id = person.account_id) AS blocks,
               (SELECT count(*) FROM graph.mutes WHERE account_id = person.account_id) AS mutes
          FROM unnest($1) AS person (account_id)
        """;

    // One statement sees one moment, in which counters and rows agree.
    private const string DifferentSql =
        $"""
        SELECT people.account_id,
               format('%s followers, %s followed, %s asked, %s blocked, %s muted', followers_count, following_count,
                      requests_count, blocks_count, mutes_count),
               format('%s, %s, %s, %s, %s', followers, following, requests, blocks, mutes)
          FROM ({Counted}) AS counted
          JOIN graph.people ON people.account_id = counted.account_id
         WHERE (followers_count, following_count, requests_count, blocks_count, mutes_count)
            <> (followers, following, requests, blocks, mutes)
        """;

    // Every change of somebody's relations locks his row first, so that nothing is counted that is not committed.
    private const string LockSql =
        "SELECT FROM graph.people WHERE account_id = ANY($1) ORDER BY account_id FOR NO KEY UPDATE";

    private const string CorrectSql =
        $"""
        UPDATE graph.people
           SET followers_count = followers, following_count = following, requests_count = requests,
               blocks_count = blocks, mutes_count = mutes, counts_version = counts_version + 1
          FROM ({Counted}) AS counted
         WHERE people.account_id = counted.account_id
           AND (followers_count, following_count, requests_count, blocks_count, mutes_count)
            <> (followers, following, requests, blocks, mutes)
        """;

    public override string Title => "Counters of people";

    protected override string SubjectsSql => PeopleSql;

    protected override string CompareSql => DifferentSql;

    protected override IReadOnlyList<string> RepairSql => [LockSql, CorrectSql];

    protected override Task DropCopies(long[] ids) => CopiedFields.Drop(redis, ids, AccountSnapshots.Follows);
}
