using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microblog.EndToEnd.Tests;

/// <summary>What came back: status, headers, and the body as JSON where it is JSON.</summary>
public sealed record Answer(HttpResponseMessage Response, string Body, JsonNode? Json)
{
    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>The text of <c>error</c>; empty when there is none.</summary>
    public string Error => Json is JsonObject json && json["error"] is { } error ? (string)error! : "";

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        return new(response, body, Parse(body));
    }

    /// <summary>The JSON of a 200; anything else fails the test with what was said instead.</summary>
    public JsonNode Ok()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{Response.RequestMessage?.RequestUri} answered {Status}: {Body}");
        return Json ?? throw new InvalidOperationException($"200 without JSON: {Body}");
    }

    /// <summary>The header's value; null when it is absent.</summary>
    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
