using Microblog.ClientEntities;
using Microblog.ServiceDefaults;

namespace Microblog.Timeline.Storage;

internal static class TimelineStorage
{
    public static void AddTimelineStorage(this WebApplicationBuilder builder)
    {
        builder.AddPostgres();
        builder.AddStatuses<StoredPosts, StoredMarks>();
        builder.Services.AddSingleton<PostWriter>();
        builder.Services.AddSingleton<PostEraser>();
        builder.Services.AddSingleton<Retractions>();
        builder.Services.AddSingleton<FavouriteWriter>();
        builder.Services.AddSingleton<BookmarkWriter>();
        builder.Services.AddSingleton<CountSnapshots>();
        builder.Services.AddSingleton<UnwrittenSnapshots>();
        builder.Services.AddSingleton<StoreProgress>();
        builder.Services.AddSingleton<RebuiltLists>();
        builder.Services.AddSingleton<TimelineReader>();
        builder.Services.AddSingleton<RebuildTurns>();
        builder.Services.AddSingleton<TimelineRebuilder>();
        builder.Services.AddSingleton<Timelines>();
        builder.Services.AddSingleton<PostSieve>();
        builder.Services.AddSingleton<PageReader>();
        builder.Services.AddSingleton<StatusPages>();
        builder.Services.AddSingleton<VisiblePosts>();
        builder.Services.AddSingleton<PostLists>();
        builder.Services.AddSingleton<Reactions>();
        builder.Services.AddSingleton<Threads>();
        builder.Services.AddSingleton<Tags>();
        builder.Services.AddSingleton<NotificationMarks>();
        builder.Services.AddSingleton<NotificationLists>();
        builder.Services.AddSingleton<NotificationRebuilder>();
        builder.Services.AddSingleton<Notifications>();
    }
}
