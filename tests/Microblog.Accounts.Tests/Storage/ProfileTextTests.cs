using Microblog.Accounts.Storage;

namespace Microblog.Accounts.Tests.Storage;

public sealed class ProfileTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \n ", "")]
    [InlineData("hello", "<p>hello</p>")]
    [InlineData("a\nb", "<p>a<br />b</p>")]
    [InlineData("a\r\n\r\nb", "<p>a</p><p>b</p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("a & b \"c\"", "<p>a &amp; b &quot;c&quot;</p>")]
    [InlineData("Grüße 你好", "<p>Grüße 你好</p>")]
    public void Text_becomes_escaped_paragraphs(string text, string html) =>
        Assert.Equal(html, ProfileText.Paragraphs(text));

    [Fact]
    public void An_address_becomes_a_link_without_the_end_of_the_sentence() => Assert.Equal(
        "<p>See <a href=\"https://a.example/x?y=1&amp;z=2\" rel=\"nofollow noopener\" target=\"_blank\">"
        + "https://a.example/x?y=1&amp;z=2</a>.</p>",
        ProfileText.Paragraphs("See https://a.example/x?y=1&z=2."));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://a.example/\"onmouseover=\"alert(1)")]
    [InlineData("https://a.example/'><img src=x onerror=alert(1)>")]
    public void Nothing_breaks_out_of_a_link(string text)
    {
        var html = ProfileText.Line(text);

        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("\"onmouseover", html);
        Assert.DoesNotContain("href=\"javascript", html);
    }
}
