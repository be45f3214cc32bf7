using System.Text;
using Microblog.ServiceDefaults.BackPressure;
using Microblog.ServiceDefaults.ClientApi.Documents;
using Microblog.ServiceDefaults.ClientApi.Limiting;
using Microblog.ServiceDefaults.ClientApi.Reading;
using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microblog.ServiceDefaults.Redis;
using Microblog.ServiceDefaults.Standby;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What every service that answers clients must do alike.</summary>
public static class ClientApiRegistration
{
    /// <summary>Bytes of a request line: a long query must reach us and be answered with a sentence.</summary>
    private const int RequestLineMax = 64 * 1024;

    /// <summary>
    /// JSON, errors, tokens, limits, the document at /openapi/v1.json. Needs the RedisGateway; <see
    /// cref="UseClientApi"/> puts it to work.
    /// </summary>
    public static void AddClientApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ClientApiOptions>()
            .BindConfiguration(ClientApiOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<OriginOptions>()
            .BindConfiguration(OriginOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StandbyBoard>();
        services.ConfigureHttpJsonOptions(json => ClientJson.Apply(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = RequestBody.BytesMax;
            kestrel.Limits.MaxRequestLineSize = RequestLineMax;
            // Bytes that are no UTF-8 would be refused by the server itself, without a word.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.AddRequestBounds();
        ClientNaming.Apply();

        services.AddSingleton<ClientApiMetrics>();
        services.AddSingleton<ClientAddresses>();
        services.AddSingleton(provider => RateLimitSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new RateLimiter(
            provider.GetRequiredService<RedisGateway>(),
            provider.GetRequiredService<RateLimitSettings>(),
            provider.GetRequiredService<ClientApiMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddAccessTokens();
        services.AddOpenApi(document =>
        {
            document.AddDocumentTransformer<ClientApiDocument>();
            document.AddOperationTransformer<DescribedOperation>();
        });
    }

    /// <summary>
    /// Lets Data Protection add keys before the current one ends. For Accounts, which issues the tokens.
    /// </summary>
    public static void AddKeyRenewal(this WebApplicationBuilder builder) =>
        builder.Services.PostConfigure<KeyManagementOptions>(keys => keys.AutoGenerateKeys = true);

    /// <summary>
    /// To be called before endpoints are mapped: the outermost step turns whatever fails below it into the client's
    /// JSON.
    /// </summary>
    public static void UseClientApi(this WebApplication app)
    {
        app.UseRequestBounds();
        app.UseStandbyHeader();
        app.Use(AnswerHeadAsGet);
        app.UseMiddleware<ClientErrorAnswers>();
        app.UseRouting();
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<RateLimiting>();
        app.UseMiddleware<Authorization>();
        app.MapOpenApi();
    }

    // Kestrel remembers that it was HEAD and sends no body.
    private static Task AnswerHeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    private static void AddAccessTokens(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("microblog").DisableAutomaticKeyGeneration();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new FileSystemXmlRepository(
                new(provider.GetRequiredService<IOptions<ClientApiOptions>>().Value.KeyRing),
                provider.GetRequiredService<ILoggerFactory>())));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<KeyRing>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<RevokedTokenList>();
        services.AddHostedService<RevokedTokenLoader>();
    }
}
