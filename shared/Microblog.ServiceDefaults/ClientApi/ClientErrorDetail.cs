namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>One complaint about one field.</summary>
/// <param name="Error">A code such as <c>ERR_TAKEN</c> or <c>ERR_BLANK</c>.</param>
/// <param name="Description">The complaint as a person reads it.</param>
public sealed record ClientErrorDetail(string Error, string Description);
