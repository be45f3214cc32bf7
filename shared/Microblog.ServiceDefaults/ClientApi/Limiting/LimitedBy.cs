namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>Metadata of an endpoint: a limit it counts for besides those of every call.</summary>
internal sealed record LimitedBy(string Bucket);
