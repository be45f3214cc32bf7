namespace Microblog.LoadTest.Measuring;

/// <summary>One second of a run. Times are milliseconds; what was not measured is null.</summary>
/// <param name="Second">Since the start.</param>
/// <param name="Length">How many seconds it really was.</param>
/// <param name="Offered">Arrivals that were intended.</param>
/// <param name="Posts">Posts, replies and boosts accepted.</param>
/// <param name="Reads">Pages read.</param>
/// <param name="Marks">Favourites, follows and deletes.</param>
/// <param name="Deliveries">Timelines into which what was accepted is to be written.</param>
/// <param name="Queued">Messages that wait in all queues of the broker.</param>
/// <param name="Cpu">Cores that each part kept busy.</param>
/// <param name="Memory">Bytes of each part.</param>
/// <param name="RedisMemory">Bytes in use, as Redis says.</param>
public sealed record Moment(
    int Second,
    double Length,
    long Offered,
    long Done,
    long Failed,
    long Posts,
    long Reads,
    long Marks,
    long Deliveries,
    double? ReadP50,
    double? ReadP99,
    double? PostP50,
    double? PostP99,
    double? LagP50,
    double? LagP99,
    long? Queued,
    IReadOnlyDictionary<string, double> Cpu,
    IReadOnlyDictionary<string, long> Memory,
    long? RedisMemory);
