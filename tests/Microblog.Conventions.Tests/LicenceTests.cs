using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Microblog.Conventions.Tests;

/// <summary>Every restored package, direct or not, has a licence that <c>infra/licences.txt</c> permits.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Permitted =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "infra/licences.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')),
    ];

    private static readonly Dictionary<string, string> Packages = Read();

    public static TheoryData<string> Names => [.. Packages.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_has_a_permitted_licence(string name)
    {
        var licence = LicenceOf(Packages[name]);

        Assert.True(
            licence is null
                ? Permitted.Any(line => line.StartsWith($"{name} ", StringComparison.Ordinal))
                : Permitted.Contains(licence),
            $"{name} says of its licence: {licence ?? "nothing by name"}. See infra/licences.txt.");
    }

    [Fact]
    public void The_packages_of_every_service_are_looked_at() =>
        Assert.All(
            ["MassTransit", "Npgsql", "StackExchange.Redis", "FluentValidation", "OpenTelemetry", "xunit"],
            package => Assert.Contains(
                Packages.Keys, name => name.StartsWith($"{package}/", StringComparison.OrdinalIgnoreCase)));

    // What the last restore of each project found, with the folder that each package is in.
    private static Dictionary<string, string> Read()
    {
        var packages = new Dictionary<string, string>();
        var restored = Path.Combine(Repository.Root, "artifacts", "obj");
        foreach (var file in Directory.EnumerateFiles(restored, "project.assets.json", SearchOption.AllDirectories))
        {
            var assets = JsonNode.Parse(File.ReadAllText(file))!;
            var folder = assets["packageFolders"]!.AsObject().First().Key;
            foreach (var (name, library) in assets["libraries"]!.AsObject())
            {
                if ((string?)library!["type"] == "package")
                    packages[name] = Path.Combine(folder, (string)library["path"]!);
            }
        }

        return packages;
    }

    /// <summary>The SPDX expression; null where the package has only an address or a file.</summary>
    private static string? LicenceOf(string folder)
    {
        var description = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single());
        return description.Descendants()
            .Where(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")
            .Select(element => element.Value.Trim())
            .SingleOrDefault();
    }
}
