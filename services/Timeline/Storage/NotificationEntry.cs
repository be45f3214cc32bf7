using System.Globalization;

namespace Microblog.Timeline.Storage;

/// <summary>One entry of a notification list: <c>id kind actorId postId</c>.</summary>
/// <param name="Id">That of the fact: a mentioning post, a boost, a favourite, a follow. It sorts by time.</param>
/// <param name="PostId">The post that is shown with it; 0 for none.</param>
internal sealed record NotificationEntry(long Id, NotificationKind Kind, long ActorId, long PostId)
{
    public bool IsShown => Kind <= NotificationKind.Follow;

    public static NotificationEntry Dismissing(long id) => new(id, NotificationKind.Dismissal, ActorId: 0, PostId: 0);

    public static NotificationEntry ClearingUpTo(long id) => new(id, NotificationKind.Clearance, ActorId: 0, PostId: 0);

    public static NotificationEntry Parse(string entry)
    {
        var parts = entry.Split(' ');
        return new(
            Number(parts[0]),
            Enum.Parse<NotificationKind>(parts[1], ignoreCase: true),
            Number(parts[2]),
            Number(parts[3]));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id} {Kind.ToString().ToLowerInvariant()} {ActorId} {PostId}");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
