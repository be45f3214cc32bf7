namespace Microblog.FollowGraph.Storage;

/// <summary>A field of one person's relation snapshot that changes.</summary>
/// <param name="Value">As <c>RelationSnapshots.Encode</c> writes it; null when no relation is left.</param>
/// <param name="Version">The person's relations version after the change; one less before it.</param>
internal sealed record StandingChange(long AccountId, long OtherId, string? Value, long Version)
{
    /// <summary>Counts the change on the person, so that it is saved together with it.</summary>
    public static StandingChange Of(PairSide side, long otherId, string? value) =>
        new(side.AccountId, otherId, value, ++side.Person.RelationsVersion);
}
