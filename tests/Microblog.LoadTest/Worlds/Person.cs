namespace Microblog.LoadTest.Worlds;

/// <summary>An account and the token that acts for it.</summary>
public sealed record Person(long Id, string Username, string Token);
