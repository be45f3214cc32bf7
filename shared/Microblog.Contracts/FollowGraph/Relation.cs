namespace Microblog.Contracts.FollowGraph;

/// <summary>How an account stands to another one.</summary>
/// <param name="Flags">Bits of <c>Microblog.Keyspaces.Standing</c>.</param>
/// <param name="MuteEndsAt">When the mute ends; null when there is none or it does not end.</param>
public sealed record Relation(long OtherId, int Flags, DateTimeOffset? MuteEndsAt);
