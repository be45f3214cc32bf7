namespace Microblog.Admin.Tests;

[Collection(nameof(SharedAdminWorld))]
public sealed class CommandLineTests(AdminWorld world)
{
    [Fact]
    public async Task Help_names_every_command()
    {
        var help = await world.Run("--help");

        Assert.Equal(0, help.Status);
        Assert.All(
            ["check", "rebuild timeline", "rebuild followers", "recount", "errors list", "errors retry"],
            name => Assert.Contains($"  {name} ", help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_explains_itself()
    {
        var help = await world.Run("errors", "retry", "--help");

        Assert.Equal(0, help.Status);
        Assert.StartsWith(
            "Usage: infra/admin errors retry QUEUE ID… | QUEUE --all", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("check", "--nonsense")]
    [InlineData("check", "--wait")]
    [InlineData("check", "--wait", "long")]
    [InlineData("rebuild", "timeline")]
    [InlineData("rebuild", "timeline", "ada", "--all")]
    [InlineData("errors", "retry", "--all")]
    [InlineData("errors", "list", "no-such-queue")]
    public async Task What_makes_no_sense_is_refused_with_the_usage(params string[] words)
    {
        var refused = await world.Run(words);

        Assert.Equal(2, refused.Status);
        Assert.Contains("Usage: infra/admin", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_a_failure()
    {
        var failed = await world.Run("rebuild", "timeline", "nobody_at_all");

        Assert.Equal(1, failed.Status);
        Assert.Equal("Nobody is called nobody_at_all.", failed.Errors.Trim());
    }
}
