using System.Globalization;
using System.Text.Json.Nodes;

namespace Microblog.Outage;

/// <summary>What came back from one request.</summary>
/// <param name="Status">0 when nothing came before the deadline, or the connection broke.</param>
/// <param name="Json">The body of a 200; null otherwise.</param>
/// <param name="Standby">The parts that the answer says are away; null when it says nothing.</param>
/// <param name="RetryAfter">When the client may come again; null when it was not told to.</param>
public sealed record Answer(int Status, JsonNode? Json, string? Standby, TimeSpan? RetryAfter, TimeSpan Took)
{
    /// <summary>Why there is no answer; null when there is one.</summary>
    public string? Broken { get; init; }

    public bool IsOk => Status == 200;

    /// <summary>Whether the client was told, in good order, to come again.</summary>
    public bool IsRefusal => Status is 429 or 503 && RetryAfter is not null;

    /// <summary>Whether what was asked for may or may not have happened.</summary>
    public bool IsOpen => Status is 0 or >= 500;

    /// <summary>The answered entity's id.</summary>
    public long Id => long.Parse((string)Json!["id"]!, CultureInfo.InvariantCulture);
}
