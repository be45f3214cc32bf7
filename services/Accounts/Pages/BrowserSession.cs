namespace Microblog.Accounts.Pages;

/// <summary>A browser that has opened one of our pages.</summary>
/// <param name="Id">Changes when somebody logs in or out, so that a planted session is worth nothing.</param>
/// <param name="UserId">Who is logged in; null for nobody.</param>
internal sealed record BrowserSession(string Id, long? UserId);
