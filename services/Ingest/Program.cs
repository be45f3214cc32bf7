using FluentValidation;
using Microblog.Ingest;
using Microblog.Ingest.BookmarkPost;
using Microblog.Ingest.BoostPost;
using Microblog.Ingest.CreatePost;
using Microblog.Ingest.DeletePost;
using Microblog.Ingest.DrainSpool;
using Microblog.Ingest.FavouritePost;
using Microblog.Ingest.NotOffered;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.BackPressure;
using Microblog.ServiceDefaults.ClientApi;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("ingest", IngestConsumers.Add);
builder.AddClientApi();
builder.AddIngestStorage();
builder.AddBacklogBound();
builder.Services.AddSingleton<IngestMetrics>();
builder.Services.AddSingleton<StatusAnswers>();
builder.Services.AddSingleton<PostComposer>();
builder.Services.AddSingleton<IValidator<CreatePostRequest>, CreatePostRequestValidator>();
builder.Services.AddSingleton<IValidator<BoostPostRequest>, BoostPostRequestValidator>();
builder.Services.AddSingleton<Boosts>();
builder.Services.AddSingleton<Favourites>();
builder.Services.AddSingleton<Bookmarks>();
builder.Services.AddSingleton<DrainerLease>();
builder.Services.AddHostedService<SpoolDrain>();
builder.Services.AddOptions<IngestOptions>()
    .BindConfiguration(IngestOptions.Section)
    .ValidateDataAnnotations()
    .ValidateOnStart();

var app = builder.Build();

app.MapServiceDefaults();
app.UseBacklogBound();
app.UseClientApi();
app.MapCreatePost();
app.MapDeletePost();
app.MapBoostPost();
app.MapUnboostPost();
app.MapFavouritePost();
app.MapUnfavouritePost();
app.MapBookmarkPost();
app.MapUnbookmarkPost();
app.MapNotOffered();

await app.RunOrMigrate(args);
