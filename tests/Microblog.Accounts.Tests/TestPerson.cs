namespace Microblog.Accounts.Tests;

/// <summary>Somebody who signed up with <see cref="RunningAccounts.Password"/>.</summary>
internal sealed record TestPerson(long Id, string Username, string Email, string Token, TestApp App);
