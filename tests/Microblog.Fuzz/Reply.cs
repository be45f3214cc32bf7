namespace Microblog.Fuzz;

/// <summary>What came back, or, with the status 0, why nothing did.</summary>
/// <param name="Headers">Names in lower case.</param>
public sealed record Reply(
    int Status, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan Took, string? Broken)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
