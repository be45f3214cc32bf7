using Microblog.FanOut;
using Microblog.FanOut.Storage;
using Microblog.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("fan-out", FanOutConsumers.Add);
builder.AddFanOutStorage();
builder.Services.AddSingleton<FanOutMetrics>();
builder.Services.AddOptions<FanOutOptions>()
    .BindConfiguration(FanOutOptions.Section)
    .ValidateDataAnnotations()
    .ValidateOnStart();

var app = builder.Build();

app.MapServiceDefaults();

await app.RunOrMigrate(args);
