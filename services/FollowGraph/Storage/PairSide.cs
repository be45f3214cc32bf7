using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Storage;

/// <summary>What one of two people is to the other; null where there is no such relation.</summary>
internal sealed class PairSide(Person person)
{
    public Person Person { get; } = person;

    public long AccountId => Person.AccountId;

    /// <summary>Written by <see cref="FollowPacks"/> when it is not what it was.</summary>
    public Follow? Follow { get; set; }

    public FollowRequest? Request { get; set; }

    public Block? Block { get; set; }

    public Mute? Mute { get; set; }

    public Note? Note { get; set; }

    /// <summary>How this side stands to the other, as its snapshot holds it; also of a mute that has ended.</summary>
    public Standing StandingTo(PairSide other) =>
        (Follow is null ? Standing.None : Standing.Following)
        | (Follow is { ShowsBoosts: false } ? Standing.BoostsHidden : Standing.None)
        | (Follow is { Notifies: true } ? Standing.Notifying : Standing.None)
        | (Block is null ? Standing.None : Standing.Blocking)
        | (other.Block is null ? Standing.None : Standing.BlockedBy)
        | (Mute is null ? Standing.None : Standing.Muting)
        | (Mute is { HidesNotifications: true } ? Standing.MutingNotifications : Standing.None)
        | (Request is null ? Standing.None : Standing.FollowRequested);
}
