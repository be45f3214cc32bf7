using System.Text.Json;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>Reads a JSON body into the same shape as a form: <c>{"a":{"b":[1]}}</c> is <c>a[b][]=1</c>.</summary>
internal static class JsonFields
{
    /// <summary>Levels of objects and arrays; real requests have four.</summary>
    public const int DepthMax = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax };

    public static void Read(ReadOnlyMemory<byte> body, FieldTree tree)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return;

        using var document = Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new ClientException(400, "The request body must be a JSON object");
        AddProperties(tree, tree.Root, name: "", document.RootElement);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            throw new ClientException(
                400,
                $"The request body is not valid JSON, or nested deeper than {DepthMax} levels");
        }
    }

    private static void AddProperties(FieldTree tree, FieldNode node, string name, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = Text(() => property.Name, name);
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            // In JSON the last of two equal names counts.
            var child = FieldTree.At(node, key);
            child.Values.Clear();
            child.Children.Clear();
            Add(tree, child, name.Length == 0 ? key : $"{name}[{key}]", property.Value);
        }
    }

    private static void Add(FieldTree tree, FieldNode node, string name, JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            tree.Count();

        if (element.ValueKind is JsonValueKind.Object)
            AddProperties(tree, node, name, element);
        else if (element.ValueKind is JsonValueKind.Array)
            AddItems(tree, node, name, element);
        else if (element.ValueKind is JsonValueKind.String)
            tree.AddValue(node, name, Text(() => element.GetString()!, name));
        else if (element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            tree.AddValue(node, name, element.GetRawText());
    }

    private static void AddItems(FieldTree tree, FieldNode node, string name, JsonElement array)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            // Scalars stay together as the values of one name; what has fields of its own gets a number.
            var target = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? node.Child(FieldNode.Number(index))
                : node;
            Add(tree, target, name, item);
            index++;
        }
    }

    private static string Text(Func<string> read, string name)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // The library's way to say: invalid UTF-8, or an escaped surrogate without its other half.
            throw FieldTree.InvalidCharacters(name);
        }
    }
}
