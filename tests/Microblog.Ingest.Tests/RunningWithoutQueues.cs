namespace Microblog.Ingest.Tests;

/// <summary>
/// Nobody is bound to the exchanges until <see cref="RunningIngest.StartNeighbours"/>: the broker returns all.
/// </summary>
public sealed class RunningWithoutQueues : RunningIngest
{
    protected override bool HasNeighbours => false;

    /// <summary>With a spool of its own, which nobody else drains to another broker.</summary>
    protected override string[] OwnParts => ["redis"];
}
