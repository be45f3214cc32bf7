using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microblog.Fuzz;

/// <summary>Tells whether an answer is one that a client may get, whatever it asked.</summary>
public sealed class Judge(Uri origin)
{
    private static readonly string[] HtmlFields = ["content", "note", "value", "html"];

    /// <summary>What is wrong with the answer; null when nothing is.</summary>
    public string? Complaint(Shot shot, Reply reply)
    {
        if (reply.Broken is { } broken)
            return shot.IsTooLarge ? null : $"no answer: {broken}";
        if (reply.Status >= 500)
            return $"answered {reply.Status}";
        if (reply.Header("x-content-type-options") != "nosniff")
            return "a browser may guess the type: nosniff is missing";
        if (Foreign(reply) is { } where)
            return $"a foreign host: {where}";
        if (reply.Headers.ContainsKey("x-fuzzed"))
            return "a header was injected";
        if (shot.Method == "HEAD" || reply.Status is 204 or 304)
            return reply.Body.Length == 0 ? null : "a body where none belongs";
        return reply.Status is >= 300 and < 400 ? null : BodyComplaint(shot, reply);
    }

    private static string? BodyComplaint(Shot shot, Reply reply)
    {
        var type = reply.Header("content-type").Split(';')[0];
        if (type == "text/html" && (shot.Operation.IsPage || reply.Status == 200))
            return reply.Body.Contains(Values.Markup, StringComparison.Ordinal) ? "markup came back as markup" : null;
        if (type is not ("application/json" or "application/xrd+xml" or "application/jrd+json"))
            return $"{reply.Status} with a body of type '{type}'";
        if (type == "application/xrd+xml")
            return null;
        return reply.Status >= 400 ? ErrorComplaint(reply) : JsonComplaint(reply);
    }

    private static string? ErrorComplaint(Reply reply)
    {
        var error = Parse(reply.Body) is JsonObject json ? json["error"] : null;
        return error?.GetValueKind() == JsonValueKind.String && ((string)error!).Length > 0
            ? null
            : $"{reply.Status} without an error in words: {Beginning(reply.Body)}";
    }

    private static string? JsonComplaint(Reply reply)
    {
        if (Parse(reply.Body) is not { } json)
            return $"{reply.Status} that is no JSON: {Beginning(reply.Body)}";
        return HtmlIn(json).Any(html => html.Contains("<fuzzed", StringComparison.Ordinal))
            ? "markup came back in HTML"
            : null;
    }

    // Where a redirection leads, and what links are made of, is never what the request said its host was.
    private string? Foreign(Reply reply)
    {
        var location = reply.Header("location");
        if (location.Length > 0 && !IsOurs(location))
            return $"Location: {location}";
        var links = reply.Header("link").Split(", ", StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(links, link => !link.StartsWith($"<{origin}", StringComparison.Ordinal));
    }

    private bool IsOurs(string location) =>
        location.StartsWith(World.Redirection, StringComparison.Ordinal)
        || (Uri.TryCreate(origin, location.Replace('\\', '/'), out var target) && target.Authority == origin.Authority);

    private static IEnumerable<string> HtmlIn(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(HtmlIn),
        JsonObject fields => fields.SelectMany(field =>
            HtmlFields.Contains(field.Key) && field.Value?.GetValueKind() == JsonValueKind.String
                // What somebody noted on an account is plain text, for himself alone.
                ? fields.ContainsKey("followed_by") ? [] : [(string)field.Value!]
                : field.Key == "source" ? [] : HtmlIn(field.Value)),
        _ => [],
    };

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

    private static string Beginning(string body) => body.Length > 200 ? body[..200] : body;
}
