namespace Microblog.Fuzz;

/// <summary>Who asks, and what else stands in the head of a request.</summary>
internal sealed class HeaderMaker(World world)
{
    private const int LongHeader = 6_000;

    private static readonly (string Name, string[] Values)[] Odd =
    [
        ("Idempotency-Key", ["", "fuzz", " ", "\u00e9", new('k', LongHeader), "a,b"]),
        ("Accept", ["", "*/*;q=x", "text/html", new('a', LongHeader)]),
        ("Accept-Language", ["", "x", "de;q=9", new('d', LongHeader)]),
        ("X-Forwarded-For", ["127.0.0.1", "::1", "not an address", "1.2.3.4, 5.6.7.8", new('1', LongHeader)]),
        ("X-Forwarded-Host", [Values.ForeignHost]),
        ("X-Forwarded-Proto", ["https", "javascript"]),
        ("Forwarded", [$"for=1.2.3.4;host={Values.ForeignHost}"]),
        ("Host", [Values.ForeignHost, "127.0.0.1:1", "[::1]"]),
        ("Cookie", ["=", "a=b; a=b", "session=x", new('c', LongHeader)]),
        ("Range", ["bytes=0-1", "bytes=9-"]),
        ("If-None-Match", ["*", "\"x\""]),
        ("traceparent", ["00-0-0-0", new('0', 55)]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Origin", ["null", $"https://{Values.ForeignHost}"]),
        ("Upgrade", ["websocket", "h2c"]),
        ("Content-Encoding", ["gzip", "x"]),
    ];

    public List<(string Name, string Value)> Make(double share, Random random)
    {
        var headers = new List<(string, string)>();
        if (Authorization(share, random) is { } authorization)
            headers.Add(("Authorization", authorization));
        while (random.Chance(share))
        {
            var (name, values) = random.Any(Odd);
            if (!headers.Exists(header => header.Item1 == name))
                headers.Add((name, random.Any(values)));
        }

        return headers;
    }

    private string? Authorization(double share, Random random)
    {
        var token = random.Any(world.People).Token;
        if (random.Chance(0.1))
            return random.Any([null, $"Bearer {world.AppToken}"]);
        if (!random.Chance(share))
            return $"Bearer {token}";

        return random.Next(9) switch
        {
            0 => "",
            1 => "Bearer",
            2 => $"Bearer {token[..random.Next(token.Length)]}",
            3 => $"Bearer {token}{token}",
            4 => $"Bearer {new string('A', LongHeader)}",
            5 => $"bearer   {token}",
            6 => "Basic bm9ib2R5OmF0YWxs",
            7 => "Basic \u00e9",
            _ => Scratched(token, random),
        };
    }

    private static string Scratched(string token, Random random)
    {
        var at = random.Next(token.Length);
        return $"Bearer {token[..at]}{(char)random.Next('!', '~')}{token[(at + 1)..]}";
    }
}
