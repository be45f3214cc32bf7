namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// An expected refusal where a typed result is impossible, as in binding. It becomes the client's JSON error and
/// leaves no stack trace in the log.
/// </summary>
public sealed class ClientException(int status, string error) : Exception(error)
{
    /// <summary>HTTP status, 400 to 599.</summary>
    public int Status { get; } = status;

    /// <summary>Sent as <c>Retry-After</c>, rounded up to whole seconds; null sends none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
