namespace Microblog.Fuzz;

/// <summary>What the origin's document says can be asked.</summary>
public sealed record Operation(string Method, string Path, IReadOnlyList<Input> Inputs)
{
    private static readonly string[] Pages = ["/auth/", "/oauth/authorize", "/@"];

    /// <summary>Whether it answers browsers, with HTML, rather than clients.</summary>
    public bool IsPage => Pages.Any(page => Path.StartsWith(page, StringComparison.Ordinal));

    public override string ToString() => $"{Method} {Path}";
}
