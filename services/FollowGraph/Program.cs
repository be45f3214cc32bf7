using Microblog.ClientEntities;
using Microblog.FollowGraph;
using Microblog.FollowGraph.AnswerFollowRequests;
using Microblog.FollowGraph.BlockAccount;
using Microblog.FollowGraph.EndorseAccount;
using Microblog.FollowGraph.ExpandAudience;
using Microblog.FollowGraph.FindFamiliarFollowers;
using Microblog.FollowGraph.FollowAccount;
using Microblog.FollowGraph.KeepFollowers;
using Microblog.FollowGraph.ListBlocks;
using Microblog.FollowGraph.ListFollowers;
using Microblog.FollowGraph.ListMutes;
using Microblog.FollowGraph.MuteAccount;
using Microblog.FollowGraph.NoteAccount;
using Microblog.FollowGraph.ReadLists;
using Microblog.FollowGraph.ReadRelationships;
using Microblog.FollowGraph.RemoveFollower;
using Microblog.FollowGraph.Storage;
using Microblog.FollowGraph.UnfollowAccount;
using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.ClientApi;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("follow-graph", FollowGraphConsumers.Add);
builder.AddClientApi();
builder.AddClientEntities();
builder.AddFollowGraphStorage();
builder.Services.AddSingleton<AudienceExpander>();
builder.Services.AddSingleton<FollowersAtHand>();
builder.Services.AddScoped<RelationshipChanges>();
builder.Services.AddSingleton<AccountPages>();
builder.Services.AddSingleton<FollowMerge>();
builder.Services.AddSingleton<FollowGraphMetrics>();
builder.Services.AddOptions<FollowGraphOptions>()
    .BindConfiguration(FollowGraphOptions.Section)
    .ValidateDataAnnotations()
    .ValidateOnStart();

var app = builder.Build();

app.MapServiceDefaults();
app.UseClientApi();

app.MapFollowAccount();
app.MapUnfollowAccount();
app.MapRemoveFollower();
app.MapBlockAccount();
app.MapUnblockAccount();
app.MapMuteAccount();
app.MapUnmuteAccount();
app.MapNoteAccount();
app.MapEndorseAccount();
app.MapReadRelationships();
app.MapFindFamiliarFollowers();
app.MapListFollowers();
app.MapListFollowing();
app.MapListBlocks();
app.MapListMutes();
app.MapListFollowRequests();
app.MapAuthorizeFollowRequest();
app.MapRejectFollowRequest();
app.MapReadLists();

await app.RunOrMigrate(args);
