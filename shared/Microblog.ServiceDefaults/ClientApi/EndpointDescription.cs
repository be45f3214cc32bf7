using System.Collections.Frozen;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Metadata of an endpoint: what it does and which parameters it reads, for its document and for its binding.
/// </summary>
public sealed class EndpointDescription
{
    private readonly FrozenSet<string> _names;

    public EndpointDescription(string summary, IEnumerable<Field> fields)
    {
        Summary = summary;
        Fields = [.. fields];
        _names = Fields.Select(field => Bare(field.Name)).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Summary { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>True for a declared name, with or without <c>[]</c> at its end.</summary>
    public bool Declares(string name) => _names.Contains(Bare(name));

    private static string Bare(string name) => name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
}
