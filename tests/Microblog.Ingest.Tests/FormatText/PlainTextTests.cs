using Microblog.Ingest.FormatText;

namespace Microblog.Ingest.Tests.FormatText;

public class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  a  ", "a")]
    [InlineData("a\r\nb\rc\n", "a\nb\nc")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("red \u001b[31m alert\u0007", "red [31m alert")]
    public void Text_is_kept_in_one_form(string? text, string tidy) => Assert.Equal(tidy, PlainText.Tidy(text));

    [Theory]
    [InlineData("", true)]
    [InlineData(" \n\u3000", true)]
    [InlineData("\u200b\u2060\ufeff", true)]
    [InlineData(".", false)]
    public void Text_that_nobody_can_see_is_blank(string text, bool isBlank) =>
        Assert.Equal(isBlank, PlainText.IsBlank(text));
}
