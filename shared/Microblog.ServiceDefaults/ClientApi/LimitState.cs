namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>How one limit stands after a call was counted.</summary>
/// <param name="Remaining">Calls left until <paramref name="ResetAt"/>, never below 0.</param>
/// <param name="IsExceeded">True when the call was one too many.</param>
public sealed record LimitState(int Limit, int Remaining, DateTimeOffset ResetAt, bool IsExceeded);
