namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>Takes names such as <c>source[privacy]</c> and <c>poll[options][]</c> apart.</summary>
internal static class FieldName
{
    /// <summary>Levels of brackets; real requests have two.</summary>
    public const int NestingMax = 8;

    /// <summary>
    /// The first part, then what stands in each pair of brackets. A name with stray brackets is one part.
    /// </summary>
    public static IReadOnlyList<string> Parts(string name)
    {
        var bracket = name.IndexOf('[');
        if (bracket <= 0 || !name.EndsWith(']'))
            return [name];

        var inner = name[(bracket + 1)..^1].Split("][");
        if (inner.Any(part => part.Contains('[') || part.Contains(']')))
            return [name];

        if (inner.Length > NestingMax)
            throw new ClientException(400, $"A parameter is nested deeper than {NestingMax} levels");

        return [name[..bracket], .. inner];
    }

    /// <summary>
    /// As a complaint begins: <c>spoiler_text</c> is "Spoiler text", <c>poll[options][]</c> "Poll options".
    /// </summary>
    public static string Readable(string name)
    {
        var words = name.Split(['_', '[', ']', ' '], StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        return text.Length == 0 ? "A field" : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
