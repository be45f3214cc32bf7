namespace Microblog.FanOut.Storage;

internal static class FanOutStorage
{
    public static void AddFanOutStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecentFollowers>();
        builder.Services.AddSingleton<NewestDelivered>();
        builder.Services.AddSingleton<ListCommands>();
        builder.Services.AddSingleton<TimelineWriter>();
        builder.Services.AddSingleton<HomeTimelineChanges>();
    }
}
