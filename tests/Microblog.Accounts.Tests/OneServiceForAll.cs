namespace Microblog.Accounts.Tests;

/// <summary>One service for all tests: each makes its own people and applications.</summary>
[CollectionDefinition(RunningAccounts.Name)]
public sealed class OneServiceForAll : ICollectionFixture<RunningAccounts>;
