namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>Metadata of endpoints that may answer 422, for their document.</summary>
internal sealed record ValidatedRequest;
