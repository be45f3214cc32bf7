namespace Microblog.Timeline.Storage;

/// <summary>
/// What an entry of a notification list says. The first four are shown, under these names in lower case; the others
/// take entries back.
/// </summary>
internal enum NotificationKind
{
    Mention,
    Reblog,
    Favourite,
    Follow,

    /// <summary>The actor's favourite of the post is gone, unless an entry with a higher id says otherwise.</summary>
    Unfavourite,

    /// <summary>The entry with the same id is dismissed.</summary>
    Dismissal,

    /// <summary>Everything up to this id is cleared.</summary>
    Clearance,
}
