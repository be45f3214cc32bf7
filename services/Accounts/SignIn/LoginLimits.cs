using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.SignIn;

/// <summary>Bounds the guessing of passwords: by where it comes from and by whose password it is.</summary>
internal sealed class LoginLimits(RateLimiter limiter, ClientAddresses addresses)
{
    /// <exception cref="ClientException">429: one try too many.</exception>
    public async Task Spend(HttpContext http, string login)
    {
        await limiter.Spend(http, RateLimits.Login, addresses.Of(http));
        await limiter.Spend(http, RateLimits.LoginPerName, login.Trim());
    }
}
