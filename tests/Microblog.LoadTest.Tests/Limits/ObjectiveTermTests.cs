using Microblog.LoadTest.Limits;

namespace Microblog.LoadTest.Tests.Limits;

public sealed class ObjectiveTermTests
{
    [Theory]
    [InlineData("lag.p99<=1000", "lag", .99, 1_000)]
    [InlineData("read.p99.9<=50", "read", .999, 50)]
    [InlineData("post.p5<=0.5", "post", .05, .5)]
    [InlineData("errors<=0.1", "errors", 0, .1)]
    public void A_term_names_what_how_rare_and_how_much(string text, string subject, double quantile, double bound)
    {
        var term = ObjectiveTerm.Parse(text);

        Assert.Equal(subject, term.Subject);
        Assert.Equal(quantile, term.Quantile, tolerance: 1e-9);
        Assert.True(term.Holds(bound));
        Assert.False(term.Holds(bound * 1.01));
    }

    [Fact]
    public void What_must_be_achieved_is_a_bound_from_below()
    {
        var term = ObjectiveTerm.Parse("achieved>=98");

        Assert.True(term.Holds(99));
        Assert.False(term.Holds(97));
    }

    [Fact]
    public void What_was_not_measured_does_not_hold() =>
        Assert.False(ObjectiveTerm.Parse("drain<=5").Holds(double.NaN));

    [Theory]
    [InlineData("read<=50")]
    [InlineData("read.p99<50")]
    [InlineData("beauty.p99<=50")]
    public void A_term_of_another_form_is_refused(string text) =>
        Assert.Throws<CommandLineException>(() => ObjectiveTerm.Parse(text));
}
