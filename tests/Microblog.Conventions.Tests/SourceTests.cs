namespace Microblog.Conventions.Tests;

public sealed class SourceTests
{
    private const int LinesMax = 300;
    private const int LineLengthMax = 120;

    private static readonly string[] VagueNames =
        ["Extensions.cs", "Helpers.cs", "Helper.cs", "Utils.cs", "Util.cs", "Constants.cs", "Common.cs", "Misc.cs"];

    private static readonly string[] TechnicalFolders =
        ["Services", "Models", "Helpers", "Interfaces", "Common", "Consumers", "Controllers", "Handlers", "Utils"];

    // In two pieces, so that this file does not hold them.
    private static readonly string[] Unwanted =
        ["#reg" + "ion", "#pragma warning " + "disable", "TO" + "DO", "FIX" + "ME", "Thread.Sl" + "eep("];

    private static readonly string[] Files =
        [.. Repository.Sources("services", "shared", "tests").Select(Repository.Relative)];

    [Fact]
    public void A_file_is_short_enough_to_be_read() =>
        Assert.DoesNotContain(Files, file => Lines(file).Length > LinesMax);

    [Fact]
    public void A_line_is_short_enough_to_be_read() =>
        Assert.Empty(
            from file in Files
            from line in Lines(file).Index()
            where line.Item.Length > LineLengthMax
            select $"{file}:{line.Index + 1} has {line.Item.Length} characters");

    [Fact]
    public void A_file_is_named_for_what_it_holds() =>
        Assert.DoesNotContain(
            Files,
            file => VagueNames.Any(name => file.EndsWith("/" + name, StringComparison.Ordinal)));

    [Fact]
    public void A_folder_is_a_use_case() =>
        Assert.DoesNotContain(Files, file => file.Split('/')[..^1].Any(TechnicalFolders.Contains));

    [Fact]
    public void A_file_holds_no_banners_pragmas_or_loose_ends() =>
        Assert.Empty(
            from file in Files
            from line in Lines(file).Index()
            where Unwanted.Any(mark => line.Item.Contains(mark, StringComparison.Ordinal))
            select $"{file}:{line.Index + 1} {line.Item}");

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Repository.Root, file));
}
