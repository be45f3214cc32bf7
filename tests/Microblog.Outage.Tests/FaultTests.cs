using Xunit.Abstractions;

namespace Microblog.Outage.Tests;

/// <summary>
/// Thirty people go on while a part is away; what was answered is there afterwards, once, and nothing else is.
/// <c>infra/outage</c> knows more faults; they differ less from these than these from each other.
/// </summary>
public sealed class FaultTests(RunningOutage outage, ITestOutputHelper output) : IClassFixture<RunningOutage>
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public static TheoryData<string> FaultsOfOnePart =>
    [
        "postgres kill",
        "postgres pause",
        "postgres crowd-out",
        "rabbitmq kill",
        "rabbitmq pause",
        "rabbitmq memory-alarm",
        "redis kill",
        "redis pause",
        "redis flush",
        "redis full",
        "ingest kill",
        "fan-out kill",
        "timeline kill",
        "follow-graph kill",
    ];

    public static TheoryData<string> FaultsOfTwoParts => ["rabbitmq stop, redis stop"];

    [Theory]
    [MemberData(nameof(FaultsOfOnePart))]
    public Task Posting_and_every_answered_post_survive(string fault) => Suffer(fault);

    [Theory]
    [MemberData(nameof(FaultsOfTwoParts))]
    public Task Nothing_is_half_accepted_during(string fault) => Suffer(fault);

    private async Task Suffer(string name)
    {
        var row = await outage.Run.Suffer(Faults.All.Single(fault => fault.Name == name), Length);

        output.WriteLine(Table.Head);
        output.WriteLine(Table.Of(row));
        // Whole, in a message: a collection would be shown cut off.
        string[] complaints =
            [.. row.Complaints(), .. (await outage.Run.CheckAll()).Select(finding => finding.ToString())];
        Assert.True(complaints.Length == 0, string.Join('\n', complaints));
    }
}
