using System.Reflection;
using System.Xml.Linq;
using MassTransit;

namespace Microblog.Conventions.Tests;

public sealed class ReferenceTests
{
    public static TheoryData<Assembly> Services =>
    [
        typeof(Accounts.AccountsConsumers).Assembly,
        typeof(FanOut.FanOutConsumers).Assembly,
        typeof(FollowGraph.FollowGraphConsumers).Assembly,
        typeof(Ingest.IngestConsumers).Assembly,
        typeof(Timeline.TimelineConsumers).Assembly,
    ];

    [Fact]
    public void Four_projects_are_shared() =>
        Assert.Equal(
            ["Microblog.ClientEntities", "Microblog.Contracts", "Microblog.Keyspaces", "Microblog.ServiceDefaults"],
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "shared")).Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Projects), "services")]
    public void A_service_references_shared_projects_only(string project) =>
        Assert.All(References(project), reference => Assert.StartsWith("shared/", reference, StringComparison.Ordinal));

    [Theory]
    [InlineData("shared/Microblog.Contracts/Microblog.Contracts.csproj")]
    [InlineData("shared/Microblog.Keyspaces/Microblog.Keyspaces.csproj")]
    public void Contracts_and_keyspaces_reference_nothing(string project) =>
        Assert.DoesNotContain(
            XDocument.Load(Path.Combine(Repository.Root, project)).Descendants(),
            element => element.Name.LocalName is "PackageReference" or "ProjectReference");

    [Theory]
    [MemberData(nameof(Services))]
    public void Consumers_are_internal_and_sealed(Assembly service) =>
        Assert.All(
            service.GetTypes().Where(type => type.IsClass && typeof(IConsumer).IsAssignableFrom(type)),
            consumer =>
            {
                Assert.True(consumer.IsNotPublic, $"{consumer} is public.");
                Assert.True(consumer.IsSealed, $"{consumer} is not sealed.");
                Assert.EndsWith("Consumer", consumer.Name, StringComparison.Ordinal);
            });

    [Fact]
    public void Ingest_and_FanOut_know_nothing_of_Postgres() =>
        Assert.All(
            Repository.Sources("services/Ingest", "services/FanOut"),
            file => Assert.DoesNotContain("Npgsql", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void Only_the_gateway_connects_to_Redis() =>
        Assert.Equal(
            ["shared/Microblog.ServiceDefaults/Redis/RedisGateway.cs"],
            Repository.Sources("services", "shared")
                .Where(file => File.ReadAllText(file).Contains("ConnectionMultiplexer", StringComparison.Ordinal))
                .Select(Repository.Relative));

    public static TheoryData<string> Projects(string folder) =>
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Select(Repository.Relative),
    ];

    private static IEnumerable<string> References(string project)
    {
        var file = Path.Combine(Repository.Root, project);
        return XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .Select(path => Repository.Relative(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path))));
    }
}
