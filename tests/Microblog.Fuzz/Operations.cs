using System.Text.Json.Nodes;
using Microblog.TestServers;

namespace Microblog.Fuzz;

/// <summary>Every operation of the committed document, which a test holds against what the services offer.</summary>
public static class Operations
{
    public static IReadOnlyList<Operation> All { get; } =
        Of(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra/gateway/openapi.json")))!);

    private static Operation[] Of(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           select new Operation(method.Key.ToUpperInvariant(), path.Key, [.. Inputs(method.Value!)]),
    ];

    private static IEnumerable<Input> Inputs(JsonNode operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var place = (string?)parameter!["in"] == "path" ? Place.Path : Place.Query;
            yield return new((string)parameter["name"]!, place, KindOf(parameter["schema"]));
        }

        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        foreach (var input in Fields("", body))
            yield return input;
    }

    private static IEnumerable<Input> Fields(string parent, JsonNode? schema)
    {
        foreach (var (key, field) in schema?["properties"]?.AsObject() ?? [])
        {
            var name = parent.Length == 0 ? key : $"{parent}[{key}]";
            if (field?["properties"] is null)
                yield return new(name, Place.Body, KindOf(field));
            foreach (var nested in Fields(name, field))
                yield return nested;
        }
    }

    private static string KindOf(JsonNode? schema) => (string?)schema?["type"] ?? "string";
}
