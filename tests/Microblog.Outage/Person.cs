namespace Microblog.Outage;

/// <summary>Somebody with an account, and the token that acts for it.</summary>
public sealed record Person(string Name, long Id, string Token);
