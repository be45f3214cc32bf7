using System.Text.Json;
using Microblog.LoadTest.Checking;
using Microblog.LoadTest.Limits;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Reporting;

/// <summary>What a run showed: <c>report.json</c>, from which pages, merges and plans are made.</summary>
/// <param name="Seconds">How long the load lasted.</param>
/// <param name="FanOutMean">Followers of a post's author to be expected.</param>
/// <param name="Offered">Operations that were intended.</param>
/// <param name="Done">Of these, answered well.</param>
/// <param name="Deliveries">Timelines into which what was accepted was to be written.</param>
/// <param name="DrainSeconds">From the end of the load until no queue held a message.</param>
/// <param name="QueuesMax">The most messages that waited in each queue; empty when they were not seen.</param>
/// <param name="GivenUpMessages">Messages that consumers gave up; null when nobody looked.</param>
/// <param name="Notes">What a reader should know besides.</param>
/// <param name="Limit">What the search for a limit found; null when there was none.</param>
public sealed record LoadReport(
    DateTimeOffset StartedAt,
    string Command,
    Machine Machine,
    WorldFacts World,
    TrafficOptions Traffic,
    double Seconds,
    double FanOutMean,
    long Offered,
    long Done,
    long Failed,
    IReadOnlyDictionary<string, OperationResult> Operations,
    LagResult Lag,
    long Deliveries,
    double DrainSeconds,
    CheckResult Check,
    IReadOnlyDictionary<string, long> QueuesMax,
    long? GivenUpMessages,
    StorageFacts? Storage,
    IReadOnlyList<Moment> Moments,
    IReadOnlyList<string> Notes,
    LimitResult? Limit)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>What reached timelines per second, the time that queues took to empty included.</summary>
    public double DeliveriesPerSecond => Deliveries / (Seconds + DrainSeconds);

    /// <exception cref="CommandLineException">There is no such file, or it is no report.</exception>
    public static LoadReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LoadReport>(File.ReadAllText(path), Json)
                ?? throw new CommandLineException($"{path} is empty.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandLineException($"{path} is no report: {wrong.Message}");
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));
}
