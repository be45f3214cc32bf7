namespace Microblog.Keyspaces;

/// <summary>How one account stands to another, as bits of one number.</summary>
[Flags]
public enum Standing
{
    None = 0,
    Following = 1,

    /// <summary>Follows, but does not want to see the other's boosts.</summary>
    BoostsHidden = 2,

    /// <summary>Follows, and wants a notification for each post of the other.</summary>
    Notifying = 4,
    Blocking = 8,
    BlockedBy = 16,
    Muting = 32,

    /// <summary>Muting hides the other's notifications as well.</summary>
    MutingNotifications = 64,
    FollowRequested = 128,
}
