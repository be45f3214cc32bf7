using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Search;

/// <summary>What somebody types when he looks for something.</summary>
/// <param name="AccountName">What accounts are looked for by; null for an account of another server.</param>
/// <param name="PostId">The post whose address was pasted; null when it is no address of ours.</param>
internal sealed record SearchQuery(string Text, string? AccountName, long? PostId)
{
    /// <summary>Longer texts find nothing in names and tags.</summary>
    private const int CharactersMax = 500;

    /// <param name="origin">Where clients reach this system.</param>
    /// <param name="domain">Host and port as in <c>bob@host:port</c>.</param>
    public static SearchQuery Parse(string text, string origin, string domain)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > CharactersMax)
            trimmed = trimmed[..CharactersMax];
        return new(trimmed, NameIn(trimmed, domain), PostAddress.Parse(trimmed, origin));
    }

    // `bob`, `@bob`, `bob@ourhost` and `@bob@ourhost:port` are the same account, as clients compare exactly.
    private static string? NameIn(string text, string domain)
    {
        var name = text.TrimStart('@');
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return name;
        var host = name[(at + 1)..];
        var isOurs = host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || host.Equals(domain.Split(':')[0], StringComparison.OrdinalIgnoreCase);
        return isOurs ? name[..at] : null;
    }
}
