using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microblog.Outage;

namespace Microblog.Fuzz;

/// <summary>People and posts that exist, so that requests come further than the first check.</summary>
public sealed class World
{
    private const int IdsMax = 200;
    private const int PeopleCount = 4;

    private readonly ConcurrentQueue<string> _postIds = [];

    private World(string appToken, string clientId, string clientSecret)
    {
        (AppToken, ClientId, ClientSecret) = (appToken, clientId, clientSecret);
    }

    public string AppToken { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public List<Person> People { get; } = [];

    public IReadOnlyList<string> PostIds => [.. _postIds];

    public static async Task<World> Create(Client client)
    {
        const string Scopes = "read write follow push profile";
        var registration = new { client_name = "fuzz", redirect_uris = Redirection, scopes = Scopes };
        var app = await client.Need(HttpMethod.Post, "/api/v1/apps", null, registration);
        var (id, secret) = ((string)app["client_id"]!, (string)app["client_secret"]!);
        var grant = new
        {
            grant_type = "client_credentials",
            client_id = id,
            client_secret = secret,
            scope = Scopes,
        };
        var token = await client.Need(HttpMethod.Post, "/oauth/token", null, grant);
        var world = new World((string)token["access_token"]!, id, secret);
        for (var i = 0; i < PeopleCount; i++)
            await world.AddPerson(client);
        await world.Befriend(client);
        return world;
    }

    /// <summary>The one address that the application may send people back to.</summary>
    public const string Redirection = "https://fuzz.example/callback";

    /// <summary>Remembers a post; the oldest are forgotten.</summary>
    public void Add(string postId)
    {
        _postIds.Enqueue(postId);
        while (_postIds.Count > IdsMax)
            _postIds.TryDequeue(out _);
    }

    private async Task AddPerson(Client client)
    {
        var name = $"fuzz_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var token = await client.Need(HttpMethod.Post, "/api/v1/accounts", AppToken, new
        {
            username = name,
            email = $"{name}@example.org",
            password = RandomNumberGenerator.GetHexString(20),
            agreement = true,
            locale = "en",
        });
        var bearer = (string)token["access_token"]!;
        var account = await client.Need(HttpMethod.Get, "/api/v1/accounts/verify_credentials", bearer);
        People.Add(new(name, (string)account["id"]!, bearer));
    }

    private async Task Befriend(Client client)
    {
        foreach (var (follower, followee) in People.Zip(People.Skip(1).Append(People[0])))
            await client.Need(HttpMethod.Post, $"/api/v1/accounts/{followee.Id}/follow", follower.Token);
        foreach (var person in People)
        {
            var post = await client.Need(
                HttpMethod.Post, "/api/v1/statuses", person.Token, new { status = $"#fuzz by {person.Name}" });
            Add((string)post["id"]!);
        }
    }
}
