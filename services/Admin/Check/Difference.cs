namespace Microblog.Admin.Check;

/// <summary>Two places that should say the same and do not.</summary>
/// <param name="Subject">What was compared, to compare or repair it again.</param>
/// <param name="Text">The same as long as the difference is the same.</param>
/// <param name="AccountId">Whose it is; null when nobody's.</param>
internal sealed record Difference(string Subject, string Text, long? AccountId = null);
