using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>The fields of one source (query or body), whatever its format, in one shape.</summary>
internal sealed class FieldTree
{
    /// <summary>Fields one source may hold. Real requests have fewer than a hundred.</summary>
    public const int FieldsMax = 1_000;

    private int _fieldCount;

    public FieldNode Root { get; } = new();

    public void Add(string name, string value) => AddValue(At(Root, name), name, value);

    public void AddFile(string name, IFormFile file)
    {
        Count();
        At(Root, name).File = file;
    }

    /// <param name="name">As it was sent, for the complaint.</param>
    public void AddValue(FieldNode node, string name, string value)
    {
        Count();
        if (value.Contains('\0') || name.Contains('\0'))
            throw InvalidCharacters(name.Replace("\0", "", StringComparison.Ordinal));
        node.Values.Add(value);
    }

    /// <summary>To be called for everything that is kept, an empty object too: each costs memory.</summary>
    public void Count()
    {
        if (++_fieldCount > FieldsMax)
            throw new ClientException(400, $"Too many parameters: at most {FieldsMax} are accepted");
    }

    /// <summary>The node that a name with or without brackets stands for; created when it is not there.</summary>
    public static FieldNode At(FieldNode from, string name)
    {
        var parts = FieldName.Parts(name);
        var node = from;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i == 0 || parts[i].Length > 0)
                node = node.Child(parts[i]);
            else if (i + 1 < parts.Count)
                node = node.ItemFor(parts[i + 1]);
        }

        return node;
    }

    public static ClientException InvalidCharacters(string name) =>
        new(422, ClientErrors.ValidationFailed([$"{FieldName.Readable(name)} contains invalid characters"]));
}
