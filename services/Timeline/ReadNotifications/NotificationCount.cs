namespace Microblog.Timeline.ReadNotifications;

internal sealed record NotificationCount(int Count);
