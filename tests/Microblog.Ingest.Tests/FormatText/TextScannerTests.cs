using Microblog.Ingest.FormatText;

namespace Microblog.Ingest.Tests.FormatText;

public class TextScannerTests
{
    [Theory]
    [InlineData("@bob", "@bob")]
    [InlineData("hello @bob!", "@bob")]
    [InlineData(".@bob is right", "@bob")]
    [InlineData("(@bob)", "@bob")]
    [InlineData("@Bob_2's", "@Bob_2")]
    [InlineData("@bob.", "@bob")]
    [InlineData("@bob@micro.test", "@bob@micro.test")]
    [InlineData("@bob@micro.test.", "@bob@micro.test")]
    [InlineData("@bob@127.0.0.1:8080, hi", "@bob@127.0.0.1:8080")]
    [InlineData("@bob@micro.test: hi", "@bob@micro.test")]
    [InlineData("@bob@ hi", "@bob")]
    [InlineData("見て@bob", null)]
    [InlineData("見て @bob さん", "@bob")]
    [InlineData("line\n@bob", "@bob")]
    [InlineData("mail bob@micro.test", null)]
    [InlineData("foo@bar", null)]
    [InlineData("é@bar", null)]
    [InlineData("😀@bob", "@bob")]
    [InlineData("/@bob", null)]
    [InlineData("a=@bob", null)]
    [InlineData("@@bob", null)]
    [InlineData("@", null)]
    [InlineData("@ bob", null)]
    [InlineData("@bobé", null)]
    [InlineData("@a234567890123456789012345678901", null)]
    [InlineData("@a23456789012345678901234567890", "@a23456789012345678901234567890")]
    public void Mentions_are_found_where_people_mean_them(string text, string? mention) =>
        Assert.Equal(mention is null ? [] : [mention], Written(text, TextPieceKind.Mention));

    [Fact]
    public void A_mention_has_a_name_and_a_domain_in_lower_case()
    {
        var mention = Assert.Single(TextScanner.Scan("@Bob@Micro.TEST:8080"));

        Assert.Equal("bob", mention.Name);
        Assert.Equal("micro.test:8080", mention.Domain);
    }

    [Theory]
    [InlineData("#tag", "tag")]
    [InlineData("a #Tag.", "tag")]
    [InlineData("#tag1_2", "tag1_2")]
    [InlineData("#1st", "1st")]
    [InlineData("#2026", null)]
    [InlineData("#Ünïcode", "ünïcode")]
    [InlineData("#日本語 です", "日本語")]
    [InlineData("#हिन्दी", "हिन्दी")]
    [InlineData("#𐐨𐐩", "𐐨𐐩")]
    [InlineData("#foo·bar·", "foo·bar")]
    [InlineData("#a#b", "a")]
    [InlineData("word#tag", null)]
    [InlineData("&#39;", null)]
    [InlineData("##tag", null)]
    [InlineData("# tag", null)]
    [InlineData("#", null)]
    [InlineData("#😀", null)]
    [InlineData("/#fragment", null)]
    public void Tags_are_words_that_are_not_numbers(string text, string? tag) =>
        Assert.Equal(
            tag is null ? [] : [tag],
            TextScanner.Scan(text).Where(piece => piece.Kind == TextPieceKind.Tag).Select(piece => piece.Name));

    [Theory]
    [InlineData("https://example.org", "https://example.org")]
    [InlineData("see http://example.org/a?b=c&d#e.", "http://example.org/a?b=c&d#e")]
    [InlineData("HTTPS://Example.org", "HTTPS://Example.org")]
    [InlineData("(https://example.org/a)", "https://example.org/a")]
    [InlineData("https://en.wikipedia.org/wiki/Foo_(bar)", "https://en.wikipedia.org/wiki/Foo_(bar)")]
    [InlineData("(https://en.wikipedia.org/wiki/Foo_(bar)).", "https://en.wikipedia.org/wiki/Foo_(bar)")]
    [InlineData("https://example.org/a?!…", "https://example.org/a")]
    [InlineData("<https://example.org/>", "https://example.org/")]
    [InlineData("\"https://example.org/\"", "https://example.org/")]
    [InlineData("https://example.org/見る。", "https://example.org/見る")]
    [InlineData("https://example.org/@bob#tag", "https://example.org/@bob#tag")]
    [InlineData("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x")]
    [InlineData("http://localhost:3000/x", "http://localhost:3000/x")]
    [InlineData("http://[::1]/x", "http://[::1]/x")]
    [InlineData("https://bank.example@evil.example/", null)]
    [InlineData("https://user:secret@evil.example/", null)]
    [InlineData("https://intranet/x", null)]
    [InlineData("https://", null)]
    [InlineData("https:// example.org", null)]
    [InlineData("xhttps://example.org", null)]
    [InlineData("ftp://example.org", null)]
    [InlineData("javascript://example.org", null)]
    [InlineData("example.org", null)]
    public void Links_end_where_the_sentence_goes_on(string text, string? link) =>
        Assert.Equal(link is null ? [] : [link], Written(text, TextPieceKind.Link));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("@alice and @bob@micro.test like #this, see https://example.org/ (all of it)\n\n#that")]
    [InlineData("@ # http https:// @@ ## \uFFFD 😀 e\u0301")]
    public void The_pieces_together_are_the_text(string text) =>
        Assert.Equal(text, string.Concat(TextScanner.Scan(text).Select(piece => piece.Written)));

    [Fact]
    public void Text_made_to_be_slow_is_scanned_in_time()
    {
        string[] texts =
        [
            .. new[] { "http://", "@a@", "#a·", "https://a.b)", "@a.", "((((" }
                .Select(part => string.Concat(Enumerable.Repeat(part, 10_000 / part.Length))),
        ];
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();

        foreach (var text in texts)
            TextScanner.Scan(text);

        Assert.True(clock.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    private static IEnumerable<string> Written(string text, TextPieceKind kind) =>
        TextScanner.Scan(text).Where(piece => piece.Kind == kind).Select(piece => piece.Written);
}
