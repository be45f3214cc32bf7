namespace Microblog.LoadTest.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("10M", 10_000_000)]
    [InlineData("20k", 20_000)]
    [InlineData("1.5G", 1_500_000_000)]
    [InlineData("0.25", .25)]
    public void Numbers_may_be_written_short(string text, double number) =>
        Assert.Equal(number, CommandLine.Parse("--people", text));

    [Theory]
    [InlineData("--people")]
    [InlineData("--people", "1", "--people", "2")]
    [InlineData("--people", "many")]
    [InlineData("--people", "1")]
    [InlineData("--unknown", "1")]
    public void What_makes_no_sense_is_refused(params string[] words) => Assert.Throws<CommandLineException>(() =>
    {
        var line = new CommandLine(words);
        line.Number("--people", 5, min: 2, max: 10);
        line.RefuseUnknown();
    });

    [Fact]
    public void An_unknown_option_at_the_end_is_not_asked_for_its_value()
    {
        var line = new CommandLine(["--unknown"]);

        var complaint = Assert.Throws<CommandLineException>(line.RefuseUnknown);

        Assert.Equal("There is no option --unknown.", complaint.Message);
    }

    [Fact]
    public void A_flag_takes_no_value()
    {
        var line = new CommandLine(["--reuse", "file"], "--reuse");

        Assert.True(line.Flag("--reuse"));
        Assert.Equal(["file"], line.Operands);
    }
}
