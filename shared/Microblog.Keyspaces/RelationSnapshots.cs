using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// Whom an account follows, blocks and mutes, and who blocks it: one Redis hash per account, the other's id to
/// <c>flags</c> or <c>flags muteEndsAtUnixMs</c>. FollowGraph writes; Timeline and Ingest filter with it. Without the
/// field <see cref="CompleteField"/> the hash must not be trusted: ask FollowGraph, who writes it again.
/// </summary>
/// <remarks>
/// FollowGraph removes <see cref="CompleteField"/> before it commits a change and writes the changed field afterwards,
/// so that a crash in between leaves a hash that nobody trusts instead of a wrong one.
/// </remarks>
public static class RelationSnapshots
{
    public const string CompleteField = "complete";

    /// <summary>Dropped after so long without a read.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string Key(long accountId) => string.Create(CultureInfo.InvariantCulture, $"relations:{accountId}");

    public static string Encode(Standing flags, DateTimeOffset? muteEndsAt) => muteEndsAt is { } end
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)flags} {end.ToUnixTimeMilliseconds()}")
        : ((int)flags).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Encode"/> wrote; a mute that has ended is left out of the flags.</summary>
    public static Standing Decode(string value, DateTimeOffset now)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0)
            return (Standing)int.Parse(value, CultureInfo.InvariantCulture);
        var flags = (Standing)int.Parse(value.AsSpan(0, blank), CultureInfo.InvariantCulture);
        var muteEndsAt = long.Parse(value.AsSpan(blank + 1), CultureInfo.InvariantCulture);
        var muteEnded = muteEndsAt <= now.ToUnixTimeMilliseconds();
        return muteEnded ? flags & ~(Standing.Muting | Standing.MutingNotifications) : flags;
    }
}
