namespace Microblog.Ingest.Tests;

/// <summary>
/// Nobody is bound to the exchanges until <see cref="RunningIngest.StartNeighbours"/>: the broker returns all.
/// </summary>
public sealed class RunningWithoutQueues : RunningIngest
{
    protected override bool HasNeighbours => false;

    /// <summary>With a spool of its own, which nobody else drains to another broker.</summary>
    protected override string[] OwnParts => ["redis"];

    /// <summary>
    /// Redis is the one durable place left and must not count as away because the machine is busy.
    /// </summary>
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(base.Settings) { ["Redis:Deadline"] = "00:00:10" };
}
