using System.Reflection;
using Microblog.Contracts.Ingest;

namespace Microblog.Conventions.Tests;

public sealed class ContractTests
{
    private static readonly Assembly Contracts = typeof(PostCreated).Assembly;

    private static readonly string[] Owners = ["Ingest", "FollowGraph", "FanOut", "Timeline", "Accounts"];

    public static TheoryData<Type> Exported => [.. Contracts.GetExportedTypes().Where(type => type.IsClass)];

    [Fact]
    public void Contracts_reference_nothing_but_the_framework() =>
        Assert.All(
            Contracts.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void All_contracts_are_public() =>
        Assert.DoesNotContain(
            Contracts.GetTypes(),
            type => !type.IsPublic && type.Namespace?.StartsWith("Microblog.", StringComparison.Ordinal) == true);

    [Theory]
    [MemberData(nameof(Exported))]
    public void A_contract_is_a_sealed_record_that_stands_alone(Type contract)
    {
        Assert.True(contract.IsSealed);
        Assert.Equal(typeof(object), contract.BaseType);
        Assert.NotNull(contract.GetMethod("<Clone>$"));
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void A_contract_says_by_its_namespace_who_owns_it(Type contract) =>
        Assert.Contains(contract.Namespace, Owners.Select(owner => $"Microblog.Contracts.{owner}"));
}
