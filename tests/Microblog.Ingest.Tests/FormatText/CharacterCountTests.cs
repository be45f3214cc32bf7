using Microblog.Ingest.FormatText;

namespace Microblog.Ingest.Tests.FormatText;

public class CharacterCountTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("hello", "", 5)]
    [InlineData("hello", "cw", 7)]
    [InlineData("e\u0301", "", 1)]
    [InlineData("👨‍👩‍👧🇩🇪", "", 2)]
    [InlineData("https://example.org/a/very/long/address/that/nobody/types", "", 23)]
    [InlineData("http://a.bc", "", 23)]
    [InlineData("@bob@micro.test", "", 4)]
    [InlineData("@bob@elsewhere.example hi", "", 7)]
    [InlineData("a\nb", "", 3)]
    public void Characters_count_as_clients_count_them(string text, string spoilerText, int count) =>
        Assert.Equal(count, CharacterCount.Of(TextScanner.Scan(text), spoilerText));
}
