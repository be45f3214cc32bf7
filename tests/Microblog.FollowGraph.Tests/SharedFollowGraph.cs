namespace Microblog.FollowGraph.Tests;

/// <summary>One service for all tests that need nothing special of it.</summary>
[CollectionDefinition(nameof(RunningFollowGraph))]
public sealed class SharedFollowGraph : ICollectionFixture<RunningFollowGraph>;
