using Microblog.Accounts.Pages;
using Microblog.Accounts.Storage;
using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.ShowAccount;

internal static class ProfilePageEndpoint
{
    public static void MapProfilePage(this IEndpointRouteBuilder app) =>
        app.MapGet("/@{username}", Handle).Describe("A person's page (HTML)");

    private static async Task<HtmlPage> Handle(
        string username,
        Names names,
        AccountRenderer accounts,
        CancellationToken cancellationToken) =>
        await names.Find(username, cancellationToken) is { } id
        && await accounts.Render([id], cancellationToken) is [var account]
            ? Show(account)
            : new("Nobody has this name here", Html.Empty, StatusCodes.Status404NotFound);

    // Note and fields are HTML that was rendered from plain text, and escaped, when they were stored.
    private static HtmlPage Show(Account account) => new(
        account.DisplayName.Length > 0 ? account.DisplayName : account.Username,
        Html.Of(
            $"""
            <p>@{account.Acct}</p>
            {new Html(account.Note)}
            <table>
            {Html.Join(account.Fields.Select(field =>
                Html.Of($"<tr><th scope=\"row\">{field.Name}</th><td>{new Html(field.Value)}</td></tr>")))}
            </table>
            <p class="hint">Read and write here with any client for Mastodon.</p>
            """));
}
