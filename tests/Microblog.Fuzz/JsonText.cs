using System.Globalization;
using System.Text;

namespace Microblog.Fuzz;

/// <summary>Writes fields as JSON by hand, because no library writes JSON that is wrong.</summary>
internal static class JsonText
{
    private const int DepthMax = 200;
    private const int ItemsMax = 300;

    /// <param name="random">Gives some values another type than they should have; null for none.</param>
    public static string Of(IEnumerable<(Input Input, string Value)> fields, Random? random)
    {
        var members = fields
            .GroupBy(field => field.Input.Name.Split('[')[0])
            .SelectMany(group => Members(group.Key, [.. group], random));
        return $"{{{string.Join(',', members)}}}";
    }

    // A name that comes twice stands there twice, as JSON permits.
    private static IEnumerable<string> Members(
        string name, IReadOnlyList<(Input Input, string Value)> fields, Random? random)
    {
        if (!fields[0].Input.Name.EndsWith(']'))
            return fields.Select(field => $"{Quoted(name)}:{Value(field.Input.Kind, field.Value, random)}");
        if (fields[0].Input.Name.EndsWith("[]", StringComparison.Ordinal))
        {
            var items = fields.Select(field => Value("string", field.Value, random));
            return [$"{Quoted(name)}:[{string.Join(',', items)}]"];
        }

        var nested = fields.Select(field =>
            $"{Quoted(field.Input.Name.Split('[')[1].TrimEnd(']'))}:{Value(field.Input.Kind, field.Value, random)}");
        return [$"{Quoted(name)}:{{{string.Join(',', nested)}}}"];
    }

    private static string Value(string kind, string value, Random? random)
    {
        if (random is not null && random.Chance(0.3))
            return OfAnotherType(value, random);
        return kind switch
        {
            "array" => $"[{Quoted(value)}]",
            "boolean" when value is "true" or "false" => value,
            _ => Quoted(value),
        };
    }

    private static string OfAnotherType(string value, Random random) => random.Next(10) switch
    {
        0 => "null",
        1 => random.Any(["true", "false"]),
        2 => random.Any(["0", "-1", "1e400", "-0.0", "123456789012345678901234567890", "0.1", "9223372036854775808"]),
        3 => "{}",
        4 => "[]",
        5 => $"{{{Quoted(value)}:{Quoted(value)}}}",
        6 => Nested(random.Next(DepthMax), "[", "]"),
        7 => Nested(random.Next(DepthMax), "{\"a\":", "}"),
        8 => $"[{string.Join(',', Enumerable.Repeat(Quoted(value), random.Next(ItemsMax)))}]",
        _ => $"[{{\"name\":{Quoted(value)},\"value\":null}},{Quoted(value)},7]",
    };

    private static string Nested(int depth, string open, string close) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

    // Every character as an escape that is not plain ASCII: halves of surrogate pairs come through so.
    private static string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is >= ' ' and < '\x7f' and not '"' and not '\\')
                json.Append(letter);
            else
                json.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        return json.Append('"').ToString();
    }
}
