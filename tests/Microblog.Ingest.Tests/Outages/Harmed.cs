namespace Microblog.Ingest.Tests.Outages;

/// <summary>One set of servers for the tests that stop them, one test after the other.</summary>
[CollectionDefinition(Name)]
public class Harmed : ICollectionFixture<RunningOnOwnServers>
{
    internal const string Name = "Harmed";
}
