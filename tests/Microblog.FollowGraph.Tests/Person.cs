using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Microblog.FollowGraph.Tests;

/// <summary>Somebody who calls the service with an access token.</summary>
public sealed class Person(HttpClient client, long id, string token)
{
    public long Id => id;

    /// <summary>
    /// Does something to an account (<c>follow</c>, <c>block</c> …) and returns the relationship answered.
    /// </summary>
    public Task<JsonElement> Do(string action, Person other, object? body = null) =>
        Ok(Try(HttpMethod.Post, $"/api/v1/accounts/{other.Id}/{action}", body));

    public async Task<JsonElement> RelationshipTo(Person other) =>
        (await Ok(Try(HttpMethod.Get, $"/api/v1/accounts/relationships?id[]={other.Id}")))[0];

    public Task<JsonElement> Get(string path) => Ok(Try(HttpMethod.Get, path));

    public async Task<HttpResponseMessage> Try(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }

    /// <summary>The status and the sentence of a refusal.</summary>
    public async Task<(int Status, string? Error)> Refused(HttpMethod method, string path, object? body = null)
    {
        using var answer = await Try(method, path, body);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)answer.StatusCode, error.GetProperty("error").GetString());
    }

    private static async Task<JsonElement> Ok(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        Assert.True(HttpStatusCode.OK == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
