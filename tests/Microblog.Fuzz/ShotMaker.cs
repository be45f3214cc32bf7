using System.Text;

namespace Microblog.Fuzz;

/// <summary>Makes requests: mostly sound, each with something wrong in a place or two.</summary>
internal sealed class ShotMaker(World world, Uri origin, IReadOnlyList<Operation> operations, int seed)
{
    private static readonly string[] OtherMethods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FUZZ"];

    // Not offered, and so refused whatever they hold; the list of objects has no sound value among texts.
    private static readonly string[] Refused =
        ["avatar", "header", "media_ids", "poll", "scheduled_at", "fields_attributes", "reason"];

    /// <summary>How much of a request is wrong.</summary>
    private static readonly double[] Shares = [0, 0.05, 0.1, 0.3];

    /// <summary>Characters of path and query; longer ones are the gateway's business.</summary>
    private const int TargetMax = 7_000;

    private readonly Values _values = new(world, origin);
    private readonly HeaderMaker _headers = new(world);

    public Shot Make(int index)
    {
        var random = Seeded.Request(seed, index);
        // In turn, so that none is left out however short the run is.
        var operation = operations[index % operations.Count];
        var method = random.Chance(0.03) ? random.Any(OtherMethods) : operation.Method;
        // Many small things wrong at once are all refused at the first of them.
        var share = random.Any(Shares);
        var chosen = operation.Inputs
            .Where(input => random.Chance(Refused.Contains(input.Name.Split('[')[0]) ? share / 3 : 1 - share));
        var fields = chosen.SelectMany(input => Filled(input, share, random)).ToList();

        var query = fields.Where(field => field.Input.Place == Place.Query).ToList();
        var body = fields.Where(field => field.Input.Place == Place.Body).ToList();
        // Clients also send in the query what belongs in the body.
        if (random.Chance(share / 3))
            (query, body) = ([.. query, .. body], []);

        var headers = _headers.Make(share, random);
        byte[]? bytes = null;
        if (body.Count > 0 || random.Chance(share / 3))
        {
            var format = random.Any(Enum.GetValues<BodyFormat>());
            (bytes, var type) = BodyMaker.Make(body, format, random.Chance(share), random);
            headers.Add(("Content-Type", type));
        }

        return new(index, operation, method, Target(operation, query, share, random), headers, bytes);
    }

    private IEnumerable<(Input Input, string Value)> Filled(Input input, double share, Random random)
    {
        var count = random.Chance(share / 3) ? random.Next(4) : 1;
        for (var i = 0; i < count; i++)
            yield return (input, random.Chance(share) ? _values.Bad(input, random) : _values.Good(input, random));
    }

    private string Target(Operation operation, List<(Input Input, string Value)> query, double share, Random random)
    {
        var target = new StringBuilder();
        foreach (var part in operation.Path.Split('/').Skip(1))
            target.Append('/').Append(Segment(operation, part, share, random));
        if (random.Chance(0.03))
            target.Append(random.Any(["/", "//", "/.", "/..", "%00", "/%2e%2e/", ";x=1", "\\", "/🦔"]));
        if (query.Count > 0)
            target.Append('?').AppendJoin('&', query.Select(field => BodyMaker.Pair(field.Input.Name, field.Value)));
        if (random.Chance(0.02))
            target.Append(target.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')
                .Append(random.Any(["a[b][c][d]=1", "[]=1", "a[=1", "%=%", "=", "&&&&", "id[0][1][2]=3", "limit=%f0"]));
        var text = Ascii(target.ToString());
        return text.Length > TargetMax ? text[..TargetMax].TrimEnd('%') : text;
    }

    private string Segment(Operation operation, string part, double share, Random random)
    {
        var open = part.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return part;

        var input = operation.Inputs.First(field => field.Place == Place.Path);
        var value = random.Chance(share) ? _values.Bad(input, random) : GoodSegment(operation, input, random);
        return part[..open] + Uri.EscapeDataString(value);
    }

    private string GoodSegment(Operation operation, Input input, Random random)
    {
        if (operation.Path.Contains("/statuses/", StringComparison.Ordinal))
            return random.Any(world.PostIds);
        return operation.Path.Contains("/accounts/", StringComparison.Ordinal)
            ? random.Any(world.People).Id
            : _values.Good(input, random);
    }

    // A request line is ASCII; the rest is what a careless client makes of it.
    private static string Ascii(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune =>
            rune.Value is > ' ' and < 0x7f ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
