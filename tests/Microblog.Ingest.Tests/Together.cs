namespace Microblog.Ingest.Tests;

/// <summary>One service for all tests that change nothing about it: starting it costs more than they do.</summary>
[CollectionDefinition(Name)]
public class Together : ICollectionFixture<RunningIngest>
{
    internal const string Name = "Together";
}
