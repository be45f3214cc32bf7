namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>The caller whom the endpoint's rule let in, as the handler may see him; null for nobody.</summary>
internal sealed record PermittedCaller(Caller? Caller);
