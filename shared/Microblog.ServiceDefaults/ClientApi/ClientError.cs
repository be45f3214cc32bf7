using System.Text.Json.Serialization;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// The body of every error, <c>{"error":"…"}</c>. The other properties are written only where they have a value.
/// </summary>
/// <param name="ErrorDescription">The sentence that belongs to an OAuth error code.</param>
/// <param name="Details">What is wrong with each field, by its name in the request.</param>
public sealed record ClientError(
    string Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorDescription = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, IReadOnlyList<ClientErrorDetail>>? Details = null);
