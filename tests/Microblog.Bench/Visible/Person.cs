namespace Microblog.Bench.Visible;

/// <summary>An account and the token that acts for it.</summary>
internal sealed record Person(string Id, string Token);
