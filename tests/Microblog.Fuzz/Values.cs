using System.Globalization;

namespace Microblog.Fuzz;

/// <summary>Values for a field: what belongs there, and what does not.</summary>
internal sealed class Values(World world, Uri origin)
{
    /// <summary>Markup that no page and no HTML of a post may contain as such.</summary>
    public const string Markup = "<fuzzed onload=1>";

    /// <summary>A host that is not ours; nothing may lead there.</summary>
    public const string ForeignHost = "fuzzed-host.example";

    private const int LongText = 100_000;

    private static readonly string[] Texts =
    [
        "", " ", "\t\r\n", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202e\u2066", "\ufeff\uffff", "e\u0301\u0301",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "ﬃ K ①", "١٢٣",
        "-1", "0", "00", "+1", "1e309", "NaN", "1.5", "0x10",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999",
        "true", "False", "null", "[]", "{}", "' OR 1=1 --", "\\", "%", "%00", "%ff%fe", "_", "*", "\"", "'; DROP TABLE",
        "../../../../etc/passwd", "..%2f..%2f", "${jndi:ldap://x}", "{{7*7}}", "{0}", "%s%n", "$(id)", "|id",
        Markup, $"\">{Markup}", $"'{Markup}", $"javascript:alert(1)//{Markup}", $"http://x/{Markup}",
        $"//{ForeignHost}", $"https://{ForeignHost}/", $"/\\{ForeignHost}", $"https://x@{ForeignHost}",
        "data:text/html,x",
        "\r\nX-Fuzzed: 1", "@@@@", "@a@b@c", "##", "#\u0301", "http://", "http://[::1", "https://a.b/?q=(((((", "a:b:c",
        "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "2026-13-45T99:99:99Z", "24:00", "P1D", "-0", "٠",
        "\u2028",
    ];

    private static readonly string[] Repeated =
        ["x", "@a ", "#a ", "http://a.b ", "[", "((", "\u0301", "👩‍👩‍👧", "%", "&", "\\"];

    /// <summary>What a client in its right mind sends.</summary>
    public string Good(Input input, Random random)
    {
        var name = input.Name.Replace("[]", "", StringComparison.Ordinal);
        var person = random.Any(world.People);
        var text = name switch
        {
            "status" or "comment" or "note" or "spoiler_text" or "reason" =>
                $"Hello @{person.Name}, #fuzz https://example.org/",
            "visibility" or "source[privacy]" => random.Any(["public", "unlisted", "private", "direct"]),
            "in_reply_to_id" or "max_id" or "since_id" or "min_id" or "status_ids" or "home[last_read_id]" =>
                random.Any(world.PostIds),
            "language" or "locale" or "lang" or "source[language]" => "en",
            "q" or "acct" or "username" or "tagged" or "hashtag" or "name" =>
                random.Any([person.Name, "fuzz", $"@{person.Name}@{origin.Authority}", $"{origin}@{person.Name}"]),
            "website" => "https://example.org/",
            "resource" => $"acct:{person.Name}@{origin.Authority}",
            "url" => $"{origin}@{person.Name}/{random.Any(world.PostIds)}",
            "type" or "types" or "exclude_types" => random.Any(["accounts", "statuses", "mention", "favourite"]),
            "timeline" => random.Any(["home", "notifications"]),
            "client_id" => world.ClientId,
            "client_secret" => world.ClientSecret,
            "redirect_uri" or "redirect_uris" => World.Redirection,
            "scope" or "scopes" => "read write",
            "response_type" => "code",
            "grant_type" => random.Any(["password", "client_credentials", "authorization_code"]),
            "email" => $"{random.Next().ToString("x", CultureInfo.InvariantCulture)}@example.org",
            "password" => "a long enough password",
            "return_to" => "/oauth/authorize?client_id=1",
            "duration" => "60",
            "account_id" => person.Id,
            _ => null,
        };
        return text ?? input.Kind switch
        {
            "boolean" => random.Any(["true", "false", "1", "0"]),
            "integer" => random.Next(100).ToString(CultureInfo.InvariantCulture),
            _ => random.Any([person.Id, random.Any(world.PostIds), "text"]),
        };
    }

    /// <summary>What nobody should send.</summary>
    public string Bad(Input input, Random random) => random.Next(10) switch
    {
        0 => Garbage(random),
        1 => string.Concat(Enumerable.Repeat(random.Any(Repeated), random.Next(2, 2_000))),
        2 when input.Place == Place.Body && random.Chance(0.1) => new('x', random.Next(LongText * 9)),
        3 => Spliced(Good(input, random), random),
        4 => Good(input, random) + random.Any(Texts),
        _ => random.Any(Texts),
    };

    private static string Spliced(string good, Random random) =>
        good.Insert(random.Next(good.Length + 1), random.Any(Texts));

    private static string Garbage(Random random)
    {
        var text = new char[random.Next(1, 60)];
        foreach (ref var letter in text.AsSpan())
            letter = (char)random.Next(random.Chance(0.5) ? 0x80 : 0x1_0000);
        return new(text);
    }
}
