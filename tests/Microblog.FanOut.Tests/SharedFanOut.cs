namespace Microblog.FanOut.Tests;

/// <summary>One service for all tests.</summary>
[CollectionDefinition(nameof(RunningFanOut))]
public sealed class SharedFanOut : ICollectionFixture<RunningFanOut>;
