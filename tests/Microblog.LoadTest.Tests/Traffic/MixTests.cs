using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Tests.Traffic;

public sealed class MixTests
{
    [Fact]
    public void Operations_are_drawn_as_often_as_their_weights_say()
    {
        var mix = new Mix("post=1,read=3");
        var random = new Random(1);

        var drawn = Enumerable.Range(0, 10_000).Select(_ => mix.Next(random)).CountBy(operation => operation).ToArray();

        Assert.Equal(2, drawn.Length);
        Assert.InRange(drawn.Single(one => one.Key == Operation.Read).Value, 7_300, 7_700);
        Assert.Equal(.25, mix.Share(Operation.Post));
    }

    [Theory]
    [InlineData("")]
    [InlineData("post")]
    [InlineData("sing=1")]
    [InlineData("page=1")]
    [InlineData("post=-1,read=5")]
    [InlineData("post=0")]
    [InlineData("0=1")]
    public void A_mix_that_makes_no_sense_is_refused(string text) =>
        Assert.Throws<CommandLineException>(() => new Mix(text));
}
