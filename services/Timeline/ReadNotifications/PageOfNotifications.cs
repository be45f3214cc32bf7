using Microblog.Contracts.Timeline;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadNotifications;

/// <summary>A page, newest first.</summary>
/// <param name="Posts">What the entries are about, by id.</param>
internal sealed record PageOfNotifications(
    IReadOnlyList<NotificationEntry> Entries,
    IReadOnlyDictionary<long, StoredPost> Posts);
