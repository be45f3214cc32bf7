using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// Bounds what a process takes on at the same time, and what waits for it. Whoever comes on top hears so at once: his
/// request would otherwise wait until he has given up, and be worked on for nobody.
/// </summary>
public static class RequestBounds
{
    /// <summary>Registers the bounds; <see cref="UseRequestBounds"/> puts them to work.</summary>
    public static void AddRequestBounds(this WebApplicationBuilder builder)
    {
        builder.AddBackPressureOptions();
        builder.Services.AddRateLimiter();
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<BackPressureOptions>>(
            (limiter, options) => Configure(limiter, options.Value));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<BackPressureOptions>>(
            (kestrel, options) => kestrel.Limits.MaxConcurrentConnections = options.Value.ConnectionsMax);
    }

    /// <summary>To be called first: a refusal must cost next to nothing.</summary>
    public static void UseRequestBounds(this WebApplication app) => app.UseRateLimiter();

    /// <summary>Looks at the queues of this service, and tells those who fill them when it is behind.</summary>
    public static void AddBacklogWatch(this WebApplicationBuilder builder)
    {
        builder.AddBackPressureOptions();
        builder.Services.AddHostedService<BacklogWatch>();
    }

    /// <summary>
    /// For the service that fills the pipeline: lets what would lengthen its queues wait with the client while
    /// somebody down the pipeline is behind. Deletions pass.
    /// </summary>
    public static void AddBacklogBound(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BehindBoard>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BehindBoard>());
    }

    /// <inheritdoc cref="AddBacklogBound"/>
    public static void UseBacklogBound(this WebApplication app)
    {
        var board = app.Services.GetRequiredService<BehindBoard>();
        var retryAfterMax = app.Services.GetRequiredService<IOptions<BackPressureOptions>>().Value.RetryAfterMax;
        app.Use((http, next) =>
            board.IsBehind && HttpMethods.IsPost(http.Request.Method)
                ? Refusal.Answer(http, retryAfterMax, http.RequestAborted)
                : next());
    }

    private static void AddBackPressureOptions(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<BackPressureOptions>()
            .BindConfiguration(BackPressureOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

    private static void Configure(RateLimiterOptions limiter, BackPressureOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http => IsHealth(http)
            ? RateLimitPartition.GetNoLimiter(true)
            : RateLimitPartition.GetConcurrencyLimiter(false, _ => new()
            {
                PermitLimit = options.RequestsAtOnceMax,
                QueueLimit = options.RequestsWaitingMax,
            }));
        limiter.OnRejected = async (rejected, cancellationToken) =>
            await Refusal.Answer(rejected.HttpContext, options.RetryAfterMax, cancellationToken);
    }

    // Whoever asks how a busy process is must be answered.
    private static bool IsHealth(HttpContext http) => http.Request.Path.StartsWithSegments("/health");
}
