using Microblog.ServiceDefaults.ClientApi.Limiting;
using Microsoft.AspNetCore.Builder;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// What is counted. Every call counts for <see cref="Api"/>, one with a cursor for <see cref="Paging"/>; the others
/// are named by endpoints with <see cref="Limited"/>. Settings: <c>RateLimits__Person__Posts__Permits</c> and
/// <c>…__Window</c>.
/// </summary>
public static class RateLimits
{
    /// <summary>All calls of an account, or of an address when nobody is logged in.</summary>
    public const string Api = "Api";

    /// <summary>All calls with one token.</summary>
    public const string ApiPerToken = "ApiPerToken";
    public const string Paging = "Paging";
    public const string Posts = "Posts";
    public const string Deletes = "Deletes";
    public const string Follows = "Follows";
    public const string Media = "Media";

    /// <summary>By address, whoever calls; so are <see cref="SignUp"/> and <see cref="Login"/>.</summary>
    public const string AppRegistration = "AppRegistration";
    public const string SignUp = "SignUp";
    public const string Login = "Login";

    /// <summary>Logins into one account, wherever they come from; counted by <see cref="RateLimiter.Spend"/>.</summary>
    public const string LoginPerName = "LoginPerName";

    internal static IReadOnlyList<string> All { get; } =
        [Api, ApiPerToken, Paging, Posts, Deletes, Follows, Media, AppRegistration, SignUp, Login, LoginPerName];

    internal static bool IsPerAddress(string bucket) => bucket is AppRegistration or SignUp or Login;

    /// <summary>Counts the calls of this endpoint for one more limit.</summary>
    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, string bucket)
        where TBuilder : IEndpointConventionBuilder => All.Contains(bucket)
        ? endpoint.WithMetadata(new LimitedBy(bucket))
        : throw new InvalidOperationException($"There is no rate limit '{bucket}'.");
}
