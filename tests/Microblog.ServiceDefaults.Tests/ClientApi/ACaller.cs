using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>Callers for tests.</summary>
internal static class ACaller
{
    public static Caller Who(long accountId, string scopes, string tier = Tiers.Person) => new(
        accountId,
        accountId == 0 ? "" : "alice",
        TokenId: RunningClientApi.NewId(),
        ApplicationId: RunningClientApi.NewId(),
        ApplicationName: "toot",
        ApplicationWebsite: "https://example.org/toot",
        Scopes.Parse(scopes),
        tier);
}
