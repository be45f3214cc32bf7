using System.Net.Http.Json;

namespace Microblog.EndToEnd.Tests;

/// <summary>A registered client application.</summary>
public sealed record Application(string ClientId, string ClientSecret)
{
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    public static async Task<Application> Register(RunningSystem system, string redirectUri = OutOfBand)
    {
        var answer = (await Answer.Of(await system.Http.PostAsJsonAsync("/api/v1/apps", new
        {
            client_name = "end-to-end tests",
            redirect_uris = redirectUri,
            scopes = Person.AllScopes,
        }))).Ok();
        return new((string)answer["client_id"]!, (string)answer["client_secret"]!);
    }

    /// <summary>A token of the application itself.</summary>
    public async Task<string> Token(RunningSystem system)
    {
        var answer = await Answer.Of(await system.Http.PostAsJsonAsync("/oauth/token", new
        {
            grant_type = "client_credentials",
            client_id = ClientId,
            client_secret = ClientSecret,
            scope = Person.AllScopes,
        }));
        return (string)answer.Ok()["access_token"]!;
    }
}
