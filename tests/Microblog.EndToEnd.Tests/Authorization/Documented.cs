using System.Text.Json.Nodes;
using Microblog.TestServers;

namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>What the origin's document says of the operations: which there are and which scopes they need.</summary>
public static class Documented
{
    private static readonly Dictionary<string, string> Scopes = Read();

    private static readonly string[] Grantable =
    [
        .. Scopes.Values.SelectMany(scopes => scopes.Split(' ')).Where(scope => scope.Contains(':')).Distinct(),
        "push",
        "profile",
    ];

    public static IEnumerable<string> Operations => Scopes.Keys;

    /// <summary>One of them is enough; empty when none is needed.</summary>
    public static string ScopesOf(string operation) => Scopes.GetValueOrDefault(operation, "");

    /// <summary>All scopes that are named anywhere, without these and the parents that would grant them.</summary>
    public static string AllBut(string scopes) => string.Join(' ', Grantable.Except(scopes.Split(' ')));

    private static Dictionary<string, string> Read()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra/gateway/openapi.json")))!;
        var operations =
            from path in document["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            select (Name: $"{method.Key.ToUpperInvariant()} {path.Key}", Security: method.Value!["security"]);
        return operations.ToDictionary(operation => operation.Name, operation => ScopesIn(operation.Security));
    }

    private static string ScopesIn(JsonNode? security) => string.Join(' ', (security?.AsArray() ?? [])
        .SelectMany(way => way!["oauth"]?.AsArray() ?? [])
        .Select(scope => (string)scope!));
}
