using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microblog.Contracts.Ingest;

namespace Microblog.EndToEnd.Tests.PoisonedQueues;

/// <summary>Something that a queue should never have got.</summary>
/// <param name="EndsIn">What the name of the queue ends in where it must end; null when it may as well be handled:
/// somebody unknown has no followers, and that is no error.</param>
internal sealed record Poison(string Kind, string Body, string? EndsIn)
{
    private const string Error = "_error";
    private const string Skipped = "_skipped";
    private const int LargeBytes = 1024 * 1024;

    private static readonly Assembly Contracts = typeof(PostsCreated).Assembly;

    /// <summary>The contract said to be in an envelope: <c>microblog.ingest.posts-created</c>.</summary>
    public static IReadOnlyList<Poison> For(string exchange)
    {
        var contract = ContractOf(exchange);
        var urn = $"{contract.Namespace}:{contract.Name}";
        return
        [
            new("malformed", "{", Error),
            new("large", new('x', LargeBytes), Error),
            new("unknown", Envelope("Nobody:Knows", []), Skipped),
            new("empty", Envelope(urn, []), EndsIn: null),
            new("null fields", Envelope(urn, Fields(contract, Null)), EndsIn: null),
            new("wrong ids", Envelope(urn, Fields(contract, Wrong)), EndsIn: null),
        ];
    }

    private static Type ContractOf(string exchange)
    {
        var parts = exchange.Split('.')[1..].Select(part => part.Replace("-", "", StringComparison.Ordinal)).ToArray();
        return Contracts.GetExportedTypes().Single(type =>
            type.Name.Equals(parts[1], StringComparison.OrdinalIgnoreCase)
            && type.Namespace!.EndsWith("." + parts[0], StringComparison.OrdinalIgnoreCase));
    }

    private static string Envelope(string type, JsonObject message) => JsonSerializer.Serialize(new
    {
        messageId = Guid.CreateVersion7(),
        messageType = new[] { $"urn:message:{type}" },
        message,
    });

    private static JsonObject Fields(Type contract, Func<Type, JsonNode?> value) => new(
        contract.GetProperties().Select(property => KeyValuePair.Create(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), value(property.PropertyType))));

    private static JsonNode? Null(Type type) => PartOf(type) is { } part ? new JsonArray(Fields(part, Null)) : null;

    private static JsonNode? Wrong(Type type) => type switch
    {
        _ when type == typeof(long) || type == typeof(long?) => -1,
        // Postgres takes no such text.
        _ when type == typeof(string) => "\0",
        _ when PartOf(type) is { } part => new JsonArray(Fields(part, Wrong)),
        _ when typeof(IEnumerable).IsAssignableFrom(type) => new JsonArray(),
        _ => null,
    };

    /// <summary>The contract of which this is a list; null when it is none.</summary>
    private static Type? PartOf(Type type) =>
        type.GenericTypeArguments is [var part] && part.Assembly == Contracts && part.IsClass ? part : null;
}
