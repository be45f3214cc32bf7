namespace Microblog.Timeline.Tests;

/// <summary>For tests that must run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    internal const string Name = "Alone";
}
