using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline;
using Microblog.Timeline.AnswerQuestions;
using Microblog.Timeline.ApiDocs;
using Microblog.Timeline.DropUnread;
using Microblog.Timeline.EmptyLists;
using Microblog.Timeline.PostPage;
using Microblog.Timeline.ReadAuthorPosts;
using Microblog.Timeline.ReadBookmarks;
using Microblog.Timeline.ReadFavourites;
using Microblog.Timeline.ReadHomeTimeline;
using Microblog.Timeline.ReadNotifications;
using Microblog.Timeline.ReadPost;
using Microblog.Timeline.ReadPublicTimeline;
using Microblog.Timeline.ReadReactions;
using Microblog.Timeline.ReadTag;
using Microblog.Timeline.ReadTagTimeline;
using Microblog.Timeline.ReadThread;
using Microblog.Timeline.Search;
using Microblog.Timeline.Storage;
using Microblog.Timeline.StoreDeletes;
using Microblog.Timeline.StorePosts;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("timeline", TimelineConsumers.Add);
builder.AddClientApi();
builder.AddTimelineStorage();
builder.Services.AddSingleton<TimelineMetrics>();
builder.Services.AddSingleton<Answers>();
builder.Services.AddSingleton<CatchUpRate>();
builder.Services.AddSingleton<AfterStoring>();
builder.Services.AddHostedService<SnapshotCatchUp>();
builder.Services.AddHostedService<UnreadTimelines>();
builder.Services.AddSingleton<RetractedPosts>();
builder.Services.AddSingleton<DeletedTargets>();
builder.Services.AddSingleton<ThreadReader>();
builder.Services.AddSingleton<ReactionSieve>();
builder.Services.AddSingleton<Searches>();
builder.Services.AddSingleton<KnownPosts>();
builder.Services.AddSingleton<KnownAccounts>();
builder.Services.AddSingleton<WarmHome>();
builder.Services.AddSingleton<NotificationPages>();
builder.Services.AddSingleton<NotificationRenderer>();
builder.Services.AddOptions<TimelineOptions>()
    .BindConfiguration(TimelineOptions.Section)
    .ValidateDataAnnotations()
    .ValidateOnStart();

var app = builder.Build();

app.MapServiceDefaults();
app.UseClientApi();
app.UseApiDocs();

app.MapReadHomeTimeline();
app.MapReadPublicTimeline();
app.MapReadTagTimeline();
app.MapReadAuthorPosts();
app.MapReadFavourites();
app.MapReadBookmarks();
app.MapReadPost();
app.MapReadPosts();
app.MapReadThread();
app.MapReadSource();
app.MapReadHistory();
app.MapReadReactions();
app.MapListNotifications();
app.MapCountNotifications();
app.MapReadNotification();
app.MapDismissNotification();
app.MapClearNotifications();
app.MapSearch();
app.MapReadTag();
app.MapEmptyLists();
app.MapPostPage();
app.MapOEmbed();

await app.RunOrMigrate(args);
