namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// The scopes that tokens have: a parent such as <c>read</c> covers its children such as <c>read:statuses</c>.
/// </summary>
public static class Scopes
{
    private const string ReadChildren =
        "accounts blocks bookmarks favourites filters follows lists mutes notifications search statuses";
    private const string WriteChildren =
        "accounts blocks bookmarks conversations favourites filters follows lists media mutes notifications reports "
        + "statuses";

    private static readonly HashSet<string> OfFollow =
        ["read:blocks", "read:follows", "read:mutes", "write:blocks", "write:follows", "write:mutes"];

    /// <summary>All scopes, parents first, each with its children.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "read", .. Children("read", ReadChildren),
        "write", .. Children("write", WriteChildren),
        "follow", "push", "profile", "admin:read", "admin:write",
    ];

    private static readonly HashSet<string> Known = [.. All];

    /// <summary>What an application or a token gets that asks for nothing.</summary>
    public static IReadOnlySet<string> Default { get; } = new HashSet<string> { "read" };

    public static bool IsKnown(string scope) => Known.Contains(scope);

    /// <summary>
    /// Takes <c>read write:statuses</c> apart, in its order, each once; <see cref="Default"/> when there is none.
    /// Unknown scopes stay in, for the caller to refuse.
    /// </summary>
    public static IReadOnlySet<string> Parse(string? text)
    {
        var scopes = (text ?? "").Split([' ', '+', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return scopes.Count == 0 ? Default : scopes;
    }

    /// <summary>As the token's answer says it: separated by blanks.</summary>
    public static string Format(IEnumerable<string> scopes) => string.Join(' ', scopes);

    /// <summary>Whether these scopes cover <paramref name="wanted"/>, itself or by a parent.</summary>
    public static bool Granted(IReadOnlySet<string> scopes, string wanted)
    {
        if (scopes.Contains(wanted) || (scopes.Contains("follow") && OfFollow.Contains(wanted)))
            return true;

        var colon = wanted.LastIndexOf(':');
        return colon > 0 && wanted is not ("admin:read" or "admin:write") && scopes.Contains(wanted[..colon]);
    }

    /// <summary>
    /// Whether everything asked for exists and is covered; an application may ask for no more than it registered.
    /// </summary>
    public static bool Granted(IReadOnlySet<string> scopes, IEnumerable<string> wanted) =>
        wanted.All(scope => IsKnown(scope) && Granted(scopes, scope));

    private static IEnumerable<string> Children(string parent, string names) =>
        names.Split(' ').Select(name => $"{parent}:{name}");
}
