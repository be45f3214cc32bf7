using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>
/// What was sent under one name: values (<c>a=1&amp;a=2</c>, <c>a[]=1</c>, a JSON array) and named children.
/// </summary>
internal sealed class FieldNode
{
    public List<string> Values { get; } = [];

    public IFormFile? File { get; set; }

    public Dictionary<string, FieldNode> Children { get; } = new(StringComparer.Ordinal);

    public FieldNode Child(string name)
    {
        if (!Children.TryGetValue(name, out var child))
            Children[name] = child = new();
        return child;
    }

    /// <summary>
    /// Children of <c>a[0]</c>, <c>a[1]</c>, or of a JSON array of objects, in the order of their numbers.
    /// </summary>
    public IEnumerable<FieldNode> Items() =>
        from child in Children
        let number = NumberOf(child.Key)
        where number >= 0
        orderby number
        select child.Value;

    /// <summary>Whether nothing was sent here but objects in a list, perhaps none.</summary>
    public bool HasItemsOnly() =>
        Values.Count == 0
        && File is null
        && Children.All(child => NumberOf(child.Key) >= 0 && child.Value.Values.Count == 0);

    /// <summary>The item that <c>a[][name]</c> belongs to: a name that repeats begins the next one.</summary>
    public FieldNode ItemFor(string name)
    {
        var last = Children.Count - 1;
        if (last < 0 || Child(Number(last)).Children.ContainsKey(name))
            last++;
        return Child(Number(last));
    }

    private static int NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
