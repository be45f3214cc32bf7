namespace Microblog.EndToEnd.Tests;

/// <summary>Runs when all other tests have ended: it would slow them down, or they it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
