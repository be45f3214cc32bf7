using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>Counts every call of the client API before its handler, and before its token is refused.</summary>
internal sealed class RateLimiting(
    RequestDelegate next,
    RateLimiter limiter,
    RateLimitSettings settings,
    ClientAddresses addresses,
    ClientApiMetrics metrics,
    TimeProvider clock)
{
    private static readonly string[] CursorNames = ["max_id", "min_id", "since_id", "page"];

    public async Task Invoke(HttpContext http)
    {
        // What asks for health or for the document is the operator's, and must not depend on Redis.
        if (settings.IsEnabled && !http.Request.Path.StartsWithSegments("/health")
            && !http.Request.Path.StartsWithSegments("/openapi"))
            await Count(http);
        await next(http);
    }

    private async Task Count(HttpContext http)
    {
        var states = await limiter.Count(http, [.. Keys(http)]);
        if (states.Any(state => state.IsExceeded))
            metrics.CallRefused();
        LimitHeaders.Answer(http, states, clock.GetUtcNow());
    }

    /// <summary>The endpoint's own limits first: of equally tight ones they say more to the client.</summary>
    private IEnumerable<LimitKey> Keys(HttpContext http)
    {
        var caller = PresentedToken.Of(http).Caller;
        var isPerson = caller is { IsApplication: false };
        var (tier, subject) = isPerson ? (caller!.Tier, $"account-{caller.AccountId}") : (Tiers.Anonymous, Address());

        foreach (var limited in http.GetEndpoint()?.Metadata.GetOrderedMetadata<LimitedBy>() ?? [])
        {
            var isPerAddress = RateLimits.IsPerAddress(limited.Bucket);
            yield return Key(limited.Bucket, isPerAddress ? Tiers.Anonymous : tier, isPerAddress ? Address() : subject);
        }

        if (CursorNames.Any(http.Request.Query.ContainsKey))
            yield return Key(RateLimits.Paging, tier, subject);
        if (isPerson)
            yield return Key(RateLimits.ApiPerToken, tier, $"token-{caller!.TokenId}");
        yield return Key(RateLimits.Api, tier, subject);

        string Address() => $"address-{addresses.Of(http)}";
    }

    private LimitKey Key(string bucket, string tier, string subject) => new(bucket, subject, settings.Of(tier, bucket));
}
