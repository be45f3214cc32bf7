using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Microblog.Accounts.Tests.Authorize;

/// <summary>Addresses that an application sends people to.</summary>
internal static class AnAuthorization
{
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    public static string AddressFor(TestApp app, params (string Name, string Value)[] others)
    {
        var parameters = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = app.ClientId,
            ["redirect_uri"] = app.RedirectUri,
            ["scope"] = app.Scopes,
            ["state"] = "a state & more",
        };
        foreach (var (name, value) in others)
            parameters[name] = value;
        var pairs = parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}");
        return "/oauth/authorize?" + string.Join('&', pairs);
    }

    public static string ChallengeOf(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>Logs in, allows, and returns the code that the application gets.</summary>
    public static async Task<string> Code(
        RunningAccounts accounts,
        TestPerson person,
        TestApp app,
        params (string Name, string Value)[] others)
    {
        using var browser = new TestBrowser(accounts);
        await browser.LogIn(AddressFor(app, others), person);
        await browser.Submit("/oauth/authorize", ("decision", "allow"));
        return browser.Redirected("code") ?? throw new InvalidOperationException($"No code: {browser.Page}");
    }
}
