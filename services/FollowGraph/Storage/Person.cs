namespace Microblog.FollowGraph.Storage;

/// <summary>Somebody who ever had a relation, with the counts that change together with it.</summary>
internal sealed class Person
{
    public required long AccountId { get; init; }

    public long FollowersCount { get; set; }

    public long FollowingCount { get; set; }

    /// <summary>Follows that wait for others' consent.</summary>
    public long RequestsCount { get; set; }

    public long BlocksCount { get; set; }

    public long MutesCount { get; set; }

    /// <summary>Rises whenever the follower or following count changes.</summary>
    public long CountsVersion { get; set; }

    /// <summary>Rises whenever anything changes that the snapshot of this person's relations holds.</summary>
    public long RelationsVersion { get; set; }
}
