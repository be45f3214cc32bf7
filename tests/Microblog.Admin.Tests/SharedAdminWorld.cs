namespace Microblog.Admin.Tests;

/// <summary>One after the other: a check looks at everything there is.</summary>
[CollectionDefinition(nameof(SharedAdminWorld), DisableParallelization = true)]
public sealed class SharedAdminWorld : ICollectionFixture<AdminWorld>;
