namespace Microblog.LoadTest.Reporting;

/// <summary>What is stored, and what a piece of it costs.</summary>
/// <param name="RedisKeys">By kind: timeline, relations, account, post, counts, marks.</param>
/// <param name="SchemaBytes">Of Postgres, with indexes, by schema.</param>
public sealed record StorageFacts(
    long RedisBytes,
    IReadOnlyDictionary<string, KeyCost> RedisKeys,
    IReadOnlyDictionary<string, long> SchemaBytes,
    long PeopleRows,
    long FollowRows,
    long PostRows);
