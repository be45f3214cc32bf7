using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Microblog.EndToEnd.Tests;

/// <summary>Somebody with an account and a token, who acts through the client API.</summary>
public sealed class Person
{
    public const string AllScopes = "read write follow push profile";

    private readonly RunningSystem _system;
    private readonly Application _app;

    private Person(RunningSystem system, Application app, string username, string password, string token)
    {
        (_system, _app, Username, Password, Token) = (system, app, username, password, token);
    }

    public string Username { get; }

    public string Email => EmailOf(Username);

    public string Password { get; }

    public string Token { get; }

    public string Id { get; private set; } = "";

    /// <summary>
    /// Registers an application and an account; the name gets a random end, so that tests share a system.
    /// </summary>
    public static async Task<Person> SignUp(RunningSystem system, string name)
    {
        var username = $"{name}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var password = RandomNumberGenerator.GetHexString(20);
        var app = await Application.Register(system);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts")
        {
            Content = JsonContent.Create(new
            {
                username,
                email = EmailOf(username),
                password,
                agreement = true,
                locale = "en",
            }),
        };
        request.Headers.Authorization = new("Bearer", await app.Token(system));
        var token = await Answer.Of(await system.Http.SendAsync(request));
        var person = new Person(system, app, username, password, (string)token.Json!["access_token"]!);
        person.Id = (string)(await person.Get("/api/v1/accounts/verify_credentials")).Json!["id"]!;
        return person;
    }

    public Task<Answer> Get(string path) => Send(new(HttpMethod.Get, path));

    public Task<Answer> Delete(string path) => Send(new(HttpMethod.Delete, path));

    /// <summary>A POST with a JSON body, or with no body and no content type at all.</summary>
    public Task<Answer> Post(string path, object? body = null) =>
        Send(new(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) });

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Bearer", Token);
        return await Answer.Of(await _system.Http.SendAsync(request));
    }

    /// <summary>Posts, and returns the id of the post.</summary>
    public async Task<string> Write(string text, string visibility = "public", string? inReplyTo = null) =>
        (string)(await Post("/api/v1/statuses", new { status = text, visibility, in_reply_to_id = inReplyTo }))
            .Ok()["id"]!;

    public async Task Follow(Person other) => (await Post($"/api/v1/accounts/{other.Id}/follow")).Ok();

    /// <summary>Another token of the same person.</summary>
    public async Task<string> LogIn(string scope) => (string)(await Post("/oauth/token", new
    {
        grant_type = "password",
        client_id = _app.ClientId,
        client_secret = _app.ClientSecret,
        username = Username,
        password = Password,
        scope,
    })).Ok()["access_token"]!;

    /// <summary>Logs out.</summary>
    public Task<Answer> RevokeToken() => RevokeToken(Token);

    public Task<Answer> RevokeToken(string token) =>
        Post("/oauth/revoke", new { client_id = _app.ClientId, client_secret = _app.ClientSecret, token });

    /// <summary>How many posts the account shows: those that are stored, a while after they are answered for.</summary>
    public async Task<int> PostCount() =>
        (int)(await Get("/api/v1/accounts/verify_credentials")).Ok()["statuses_count"]!;

    /// <summary>Ids of the newest page of the home timeline.</summary>
    public async Task<string[]> Home(string query = "") => Ids((await Get($"/api/v1/timelines/home{query}")).Ok());

    /// <summary>Whether the post is on the newest page of the home timeline by the deadline.</summary>
    public Task Sees(string postId) => Eventually.Is(async () => (await Home()).Contains(postId));

    public static string[] Ids(JsonNode list) => [.. list.AsArray().Select(item => (string)item!["id"]!)];

    private static string EmailOf(string username) => $"{username}@example.org";
}
