namespace Microblog.Fuzz;

/// <summary>Somebody with an account, and the token that acts for it; the id as clients see it.</summary>
public sealed record Person(string Name, string Id, string Token);
