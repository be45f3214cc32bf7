namespace Microblog.LoadTest.Planning;

/// <summary>What a plan is made for.</summary>
/// <param name="FollowersMean">Followers of a post's author on average.</param>
/// <param name="ReadsPerSecond">Pages, at the busiest time.</param>
/// <param name="Peak">How many times the mean rate of posts is reached at the busiest time.</param>
/// <param name="ActiveShare">People who have read within 30 days, and so have a timeline in Redis.</param>
/// <param name="TimelineEntries">Entries of such a timeline.</param>
/// <param name="FollowsMean">People whom one follows.</param>
/// <param name="MarksPerPost">Favourites, follows and deletes for each post.</param>
/// <param name="Utilisation">How busy a core may be, so that latencies stay what they were.</param>
/// <param name="CoresPerReplica">Of a service.</param>
/// <param name="ShardMemory">Bytes of one Redis shard that data may take.</param>
public sealed record Demand(
    double People,
    double PostsPerDay,
    double FollowersMean,
    double ReadsPerSecond,
    double Peak,
    double ActiveShare,
    double TimelineEntries,
    double FollowsMean,
    double MarksPerPost,
    double Utilisation,
    double CoresPerReplica,
    double ShardMemory)
{
    public double PostsPerSecond => PostsPerDay / 86_400 * Peak;

    public Work Work => new(
        PostsPerSecond, PostsPerSecond * FollowersMean * ActiveShare, ReadsPerSecond, PostsPerSecond * MarksPerPost);

    public static Demand From(CommandLine line)
    {
        var people = line.Required("--people", 1, 1e11);
        var posts = line.Required("--posts-per-day", 0, 1e13);
        var followers = line.Required("--followers-mean", 0, 1e9);
        return new(
            people,
            posts,
            followers,
            line.Required("--reads-per-second", 0, 1e10),
            line.Number("--peak", 2.5, 1, 1_000),
            line.Number("--active", 0.5, 0, 1),
            line.Number("--timeline-entries", 800, 1, 10_000),
            line.Number("--follows-mean", followers, 0, 1e6),
            line.Number("--marks-per-post", 0.5, 0, 1_000),
            line.Number("--utilisation", 0.6, 0.05, 1),
            line.Number("--cores-per-replica", 2, 0.1, 1_000),
            line.Number("--shard-memory", 16e9, 1e6, 1e13));
    }
}
