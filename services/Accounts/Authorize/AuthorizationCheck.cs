using Microblog.Accounts.Pages;
using Microblog.Accounts.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Authorize;

/// <summary>What both steps of an authorization, asking and deciding, look at first.</summary>
internal sealed class AuthorizationCheck(AccountsDbContext db)
{
    /// <summary>
    /// The application, or what to answer instead. Nobody is sent to an address that the application did not register.
    /// </summary>
    public async Task<(App? App, Results<HtmlPage, RedirectHttpResult>? Answer)> Find(
        AuthorizationRequest request,
        CancellationToken cancellationToken)
    {
        var app = await db.Apps.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ClientId == request.ClientId, cancellationToken);
        if (app is null)
            return (null, AuthorizePages.Error("No application is registered with this client_id."));

        if (!app.RedirectUris.Contains(request.RedirectUri, StringComparer.Ordinal))
            return (null, AuthorizePages.Error("The redirect_uri is not one that the application registered."));

        if (request.IsStateTooLong)
            return (null, AuthorizePages.Error("The state is too long to be given back."));

        return request.Refusal(app) is { } refusal
            ? (null, Refuse(request, refusal.Error, refusal.Description))
            : (app, null);
    }

    /// <summary>Tells the application, or the person when the application has no address.</summary>
    public static Results<HtmlPage, RedirectHttpResult> Refuse(
        AuthorizationRequest request,
        string error,
        string description) => request.IsOutOfBand
        ? AuthorizePages.Error(description)
        : TypedResults.Redirect(RedirectAddress.With(
            request.RedirectUri,
            ("error", error),
            ("error_description", description),
            ("state", request.State)));

    /// <summary>The person logged in to this browser; null for nobody, and for somebody suspended.</summary>
    public async Task<User?> PersonOf(BrowserSession session, CancellationToken cancellationToken) =>
        session.UserId is { } userId
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(
                user => user.Id == userId && user.SuspendedAt == null,
                cancellationToken)
            : null;
}
