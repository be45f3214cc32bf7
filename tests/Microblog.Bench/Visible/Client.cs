using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Microblog.Bench.Visible;

/// <summary>Speaks the client API as people do.</summary>
internal sealed class Client(Uri origin) : IDisposable
{
    private const string Scopes = "read write follow";

    private readonly HttpClient _http = new() { BaseAddress = origin };

    public void Dispose() => _http.Dispose();

    /// <summary>A new person.</summary>
    public async Task<Person> SignUp(string appToken)
    {
        var name = "bench_" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        var password = RandomNumberGenerator.GetHexString(20);
        var email = name + "@example.org";
        var token = await Send(HttpMethod.Post, "/api/v1/accounts", appToken, new
        {
            username = name,
            email,
            password,
            agreement = true,
            locale = "en",
        });
        var person = (string)token["access_token"]!;
        var account = await Send(HttpMethod.Get, "/api/v1/accounts/verify_credentials", person);
        return new((string)account["id"]!, person);
    }

    /// <summary>A token of a new application.</summary>
    public async Task<string> Register()
    {
        var app = await Send(HttpMethod.Post, "/api/v1/apps", token: null, new
        {
            client_name = "bench",
            redirect_uris = "urn:ietf:wg:oauth:2.0:oob",
            scopes = Scopes,
        });
        var token = await Send(HttpMethod.Post, "/oauth/token", token: null, new
        {
            grant_type = "client_credentials",
            client_id = (string)app["client_id"]!,
            client_secret = (string)app["client_secret"]!,
            scope = Scopes,
        });
        return (string)token["access_token"]!;
    }

    /// <exception cref="InvalidOperationException">Anything but a 200, with what was said instead.</exception>
    public async Task<JsonNode> Send(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
