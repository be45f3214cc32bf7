namespace Microblog.EndToEnd.Tests.Fuzzing;

/// <summary>Runs when all other tests have ended: hundreds of requests a second would slow them down.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
