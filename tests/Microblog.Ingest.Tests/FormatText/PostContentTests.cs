using Microblog.Contracts.Ingest;
using Microblog.Ingest.FormatText;

namespace Microblog.Ingest.Tests.FormatText;

public class PostContentTests
{
    private readonly PostContent _content = new("https://micro.test");

    [Theory]
    [InlineData("hello", "<p>hello</p>")]
    [InlineData("one\ntwo", "<p>one<br />two</p>")]
    [InlineData("one\n\ntwo\n\n\n\nthree", "<p>one</p><p>two</p><p>three</p>")]
    [InlineData("grüße 日本 😀", "<p>grüße 日本 😀</p>")]
    [InlineData(
        "#Über",
        """<p><a href="https://micro.test/tags/%C3%BCber" class="mention hashtag" rel="tag">"""
        + "#<span>Über</span></a></p>")]
    [InlineData(
        "hi @Bob!",
        """<p>hi <span class="h-card"><a href="https://micro.test/@bob" class="u-url mention">"""
        + """@<span>bob</span></a></span>!</p>""")]
    [InlineData("hi @nobody", "<p>hi @nobody</p>")]
    [InlineData(
        "https://www.example.org/",
        """<p><a href="https://www.example.org/" rel="nofollow noopener" target="_blank">"""
        + """<span class="invisible">https://www.</span><span>example.org/</span>"""
        + """<span class="invisible"></span></a></p>""")]
    [InlineData(
        "https://example.org/123456789012345678901234567890",
        """<p><a href="https://example.org/123456789012345678901234567890" rel="nofollow noopener" target="_blank">"""
        + """<span class="invisible">https://</span><span class="ellipsis">example.org/123456789012345678</span>"""
        + """<span class="invisible">901234567890</span></a></p>""")]
    public void Content_has_the_form_that_clients_know(string text, string html) =>
        Assert.Equal(html, Render(text));

    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<img src=x onerror='a'>&amp;\"", "<p>&lt;img src=x onerror=&#39;a&#39;&gt;&amp;amp;&quot;</p>")]
    [InlineData(
        "https://e.org/'onclick='a'x",
        """<p><a href="https://e.org/&#39;onclick=&#39;a&#39;x" rel="nofollow noopener" target="_blank">"""
        + """<span class="invisible">https://</span><span>e.org/&#39;onclick=&#39;a&#39;x</span>"""
        + """<span class="invisible"></span></a></p>""")]
    public void Whatever_people_write_is_text_to_a_browser(string text, string html) =>
        Assert.Equal(html, Render(text));

    private string Render(string text)
    {
        var pieces = TextScanner.Scan(text);
        return _content.Render(
            pieces,
            pieces.Where(piece => piece.Name == "bob").ToDictionary(piece => piece, _ => new Mention(2, "bob")));
    }
}
