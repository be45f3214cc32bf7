using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microblog.TestServers;

namespace Microblog.EndToEnd.Tests;

/// <summary>The document of the whole origin is the sum of what its services say of themselves.</summary>
public sealed class OpenApiTests
{
    private const string Committed = "infra/gateway/openapi.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // The services behind the gateway, by their distance from the origin's port.
    private static readonly int[] ServicePorts = [1, 3, 4, 5];

    [Fact]
    public async Task The_committed_document_is_the_sum_of_the_services_documents()
    {
        var system = await RunningSystem.Get();
        var documents = await Task.WhenAll(ServicePorts.Select(offset => Document(system, offset)));

        var whole = Sum(documents);

        var committed = Path.Combine(Repository.Root, Committed);
        if (!File.Exists(committed) || await File.ReadAllTextAsync(committed) != whole)
        {
            var proposal = Path.Combine(Repository.Root, "artifacts/openapi.json");
            await File.WriteAllTextAsync(proposal, whole);
            Assert.Fail($"{Committed} is not what the services say. Review and copy {proposal} there.");
        }
    }

    [Fact]
    public async Task The_origin_serves_the_document_and_a_page_to_read_it()
    {
        var system = await RunningSystem.Get();

        var document = (await Answer.Of(await system.Http.GetAsync("/api/openapi.json"))).Ok();
        var page = await system.Http.GetAsync("/api/docs/index.html");

        Assert.NotNull(document["paths"]!["/api/v1/statuses"]!["post"]);
        Assert.NotNull(document["paths"]!["/api/v1/timelines/home"]!["get"]);
        Assert.True(page.IsSuccessStatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<JsonObject> Document(RunningSystem system, int offset)
    {
        var port = (system.Origin.Port + offset).ToString(CultureInfo.InvariantCulture);
        var text = await system.Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/openapi/v1.json"));
        // Addresses become relative: the same file serves every origin.
        var origin = system.Origin.ToString().TrimEnd('/');
        return JsonNode.Parse(text.Replace(origin, "", StringComparison.Ordinal))!.AsObject();
    }

    private static string Sum(JsonObject[] documents)
    {
        var whole = new JsonObject
        {
            ["openapi"] = documents[0]["openapi"]!.DeepClone(),
            ["info"] = documents[0]["info"]!.DeepClone(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = Union("paths", [.. documents.Select(document => document["paths"]!.AsObject())]),
            ["components"] = new JsonObject
            {
                ["schemas"] = Union("schemas", Components(documents, "schemas")),
                ["securitySchemes"] = Union("securitySchemes", Components(documents, "securitySchemes")),
            },
        };
        return whole.ToJsonString(Indented) + "\n";
    }

    private static JsonObject[] Components(JsonObject[] documents, string kind) =>
        [.. documents.Select(document => document["components"]?[kind]?.AsObject()).OfType<JsonObject>()];

    private static JsonObject Union(string what, JsonObject[] parts)
    {
        var all = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, value) in parts.SelectMany(part => part))
        {
            if (!all.TryGetValue(name, out var known))
                all[name] = value!.DeepClone();
            else if (what == "paths")
                all[name] = Union($"{what} of {name}", [known.AsObject(), value!.AsObject()]);
            else
                Assert.True(JsonNode.DeepEquals(known, value), $"Two services disagree about {what}: {name}");
        }

        return new(all.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value.DeepClone())));
    }
}
