using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Microblog.Accounts.Tests;

/// <summary>A person's browser: keeps cookies, sends back the hidden fields of the page it shows.</summary>
internal sealed partial class TestBrowser(
    RunningAccounts accounts,
    WebApplicationFactory<Program>? service = null) : IDisposable
{
    private readonly HttpClient _client = accounts.NewClient(service);

    /// <summary>The page shown last.</summary>
    public string Page { get; private set; } = "";

    public HttpResponseMessage Answer { get; private set; } = new();

    public async Task<HttpResponseMessage> Open(string address)
    {
        Answer = await _client.GetAsync(address);
        Page = await Answer.Content.ReadAsStringAsync();
        return Answer;
    }

    /// <summary>Fills the form that leads to <paramref name="action"/> and sends it.</summary>
    public async Task<HttpResponseMessage> Submit(string action, params (string Name, string Value)[] typed)
    {
        Answer = await _client.PostAsync(action, RunningAccounts.Form([.. Hidden(action), .. typed]));
        Page = await Answer.Content.ReadAsStringAsync();
        return Answer;
    }

    /// <summary>Sends a form that no page of ours gave.</summary>
    public Task<HttpResponseMessage> Forge(string action, params (string Name, string Value)[] fields) =>
        _client.PostAsync(action, RunningAccounts.Form(fields));

    /// <summary>Logs in and comes back to the page that asks for consent.</summary>
    public async Task LogIn(string authorizeAddress, TestPerson person)
    {
        await Open(authorizeAddress);
        var answer = await Submit(
            "/auth/sign_in",
            ("username", person.Username),
            ("password", RunningAccounts.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await Open(answer.Headers.Location!.OriginalString);
    }

    /// <summary>The value of a parameter of the address that the answer leads to.</summary>
    public string? Redirected(string parameter)
    {
        var address = new Uri(new(RunningAccounts.Origin), Answer.Headers.Location!);
        return HttpUtility.ParseQueryString(address.Query)[parameter];
    }

    public IEnumerable<(string Name, string Value)> Hidden(string action)
    {
        var start = Page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"No form leads to {action} on this page: {Page}");
        var form = Page[start..Page.IndexOf("</form>", start, StringComparison.Ordinal)];
        return HiddenField().Matches(form).Select(field =>
            (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
