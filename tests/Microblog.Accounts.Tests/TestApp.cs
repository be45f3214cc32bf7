namespace Microblog.Accounts.Tests;

internal sealed record TestApp(string ClientId, string ClientSecret, string RedirectUri, string Scopes);
