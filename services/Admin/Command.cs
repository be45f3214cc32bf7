namespace Microblog.Admin;

/// <summary>One thing that can be asked for on the command line.</summary>
/// <param name="Name">One or two words.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Summary">One line for the table of all commands.</param>
/// <param name="Details">What <c>--help</c> says besides.</param>
/// <param name="Options">Names with their dashes; one that ends in <c>=</c> takes the next word as its value.</param>
/// <param name="Run">Returns an <see cref="ExitStatus"/>.</param>
internal sealed record Command(
    string Name,
    string Usage,
    string Summary,
    string Details,
    IReadOnlyList<string> Options,
    Func<Call, Task<int>> Run)
{
    public string Help =>
        $"""
        Usage: infra/admin {Name} {Usage}

        {Summary}

        {Details}
        """;
}
