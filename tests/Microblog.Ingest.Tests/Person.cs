using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Microblog.Ingest.Tests;

/// <summary>Somebody who calls the service with an access token.</summary>
public sealed class Person(HttpClient client, long id, string username, string token)
{
    public long Id => id;

    public string Username => username;

    public string Token => token;

    /// <summary>Writes a post and returns the status that was answered.</summary>
    public Task<JsonElement> Post(string text, object? inReplyToId = null, string visibility = "public") =>
        Ok(Send(HttpMethod.Post, "/api/v1/statuses", new { status = text, in_reply_to_id = inReplyToId, visibility }));

    /// <summary>Does something to a post (<c>favourite</c>, <c>reblog</c> …) and returns the answer.</summary>
    public Task<JsonElement> Do(string action, string postId) =>
        Ok(Send(HttpMethod.Post, $"/api/v1/statuses/{postId}/{action}"));

    public Task<HttpResponseMessage> TryPost(object body, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, "/api/v1/statuses", body, idempotencyKey);

    public Task<HttpResponseMessage> Try(string action, string postId) =>
        Send(HttpMethod.Post, $"/api/v1/statuses/{postId}/{action}");

    public Task<HttpResponseMessage> TryDelete(string postId) =>
        Send(HttpMethod.Delete, $"/api/v1/statuses/{postId}");

    /// <param name="body">JSON as text, content of any kind, or an object to be written as JSON.</param>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                HttpContent content => content,
                string json => new StringContent(json, Encoding.UTF8, "application/json"),
                _ => JsonContent.Create(body),
            },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> Ok(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        Assert.True(HttpStatusCode.OK == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
