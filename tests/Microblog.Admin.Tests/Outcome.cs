using System.Globalization;

namespace Microblog.Admin.Tests;

/// <summary>What a command printed, and its exit status.</summary>
public sealed record Outcome(int Status, string Output, string Errors)
{
    /// <summary>The lines of the result that mention an id.</summary>
    public string[] About(long id) => [.. Output.Split('\n')
        .Where(line => line.Contains(id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        .Select(line => line.Trim())];
}
