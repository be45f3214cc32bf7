namespace Microblog.Contracts.Accounts;

/// <summary>What a person's posts are like when the client does not say.</summary>
/// <param name="Visibility"><c>public</c>, <c>unlisted</c>, <c>private</c> or <c>direct</c>.</param>
/// <param name="Language">ISO 639 code; null for none.</param>
public sealed record PostDefaults(string Visibility, bool Sensitive, string? Language);
