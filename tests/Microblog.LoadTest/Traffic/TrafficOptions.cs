namespace Microblog.LoadTest.Traffic;

/// <summary>What people do, and how much of it.</summary>
/// <param name="Rate">Operations per second of all people and all shards together.</param>
/// <param name="Zipf">Exponent of how unequally busy people are.</param>
/// <param name="FanOutMean">Followers that the author of a post has on average.</param>
/// <param name="PagingShare">Of the reads, how many go on to the next page.</param>
/// <param name="Shard">From 1; this process acts for every <paramref name="Shards"/>-th person.</param>
public sealed record TrafficOptions(
    double Rate,
    TimeSpan Length,
    string Profile,
    string Mix,
    double Zipf,
    double FanOutMean,
    double PagingShare,
    int Seed,
    int Shard,
    int Shards)
{
    public static TrafficOptions From(CommandLine line)
    {
        var shard = line.Text("--shard") ?? "1/1";
        if (shard.Split('/') is not [var number, var count]
            || !int.TryParse(number, out var i) || !int.TryParse(count, out var n) || i < 1 || i > n || n > 1_000)
            throw new CommandLineException("--shard is like 1/3.");
        var options = new TrafficOptions(
            line.Number("--rate", 50, 0.1, 100_000),
            TimeSpan.FromSeconds(line.Number("--seconds", 20, 1, 86_400)),
            line.Text("--profile") ?? RateProfile.Steady.Name,
            line.Text("--mix") ?? Traffic.Mix.Default,
            line.Number("--zipf", 0.9, 0, 3),
            line.Number("--fan-out-mean", 75, 0, 1_000_000),
            line.Number("--paging", 0.2, 0, 1),
            line.Count("--seed", 1, 0, int.MaxValue),
            i,
            n);
        // Both complain about what they cannot read.
        RateProfile.Of(options.Profile);
        _ = new Mix(options.Mix);
        return options;
    }
}
