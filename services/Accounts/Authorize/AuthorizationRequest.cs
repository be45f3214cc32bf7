using System.Text.RegularExpressions;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.Authorize;

/// <summary>What an application asks of a person, as RFC 6749 and 7636 (PKCE) name it.</summary>
internal sealed partial record AuthorizationRequest(
    string? ResponseType,
    string? ResponseMode,
    string ClientId,
    string RedirectUri,
    string? Scope,
    string? State,
    string? CodeChallenge,
    string? CodeChallengeMethod,
    bool IsLoginForced)
{
    private const string Path = "/oauth/authorize";

    /// <summary>Characters of the state as it stands in an address: it goes back in a header.</summary>
    private const int StateCharactersMax = 2_000;

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("response_type", "Always `code`."),
        Field.Text("response_mode", "`query`, which is also the default."),
        Field.Text("client_id"),
        Field.Text("redirect_uri", "Exactly as registered."),
        Field.Text("scope", "Separated by blanks; `read` when absent."),
        Field.Text("state", "Given back unchanged."),
        Field.Text("code_challenge", "PKCE."),
        Field.Text("code_challenge_method", "Always `S256`."),
        Field.Flag("force_login", "Ask for the password even if somebody is logged in."),
        Field.Text("lang", "Accepted; the pages have one language."),
    ];

    public IReadOnlySet<string> Scopes => ServiceDefaults.ClientApi.Scopes.Parse(Scope);

    public bool IsOutOfBand => RedirectUri == RedirectAddress.OutOfBand;

    public static async ValueTask<AuthorizationRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        return new(
            fields.Text("response_type"),
            fields.Text("response_mode"),
            fields.Text("client_id") ?? "",
            fields.Text("redirect_uri") ?? "",
            fields.Text("scope"),
            fields.Text("state"),
            fields.Text("code_challenge"),
            fields.Text("code_challenge_method"),
            fields.Flag("force_login") ?? false);
    }

    /// <summary>Whether it could be given back.</summary>
    public bool IsStateTooLong => State is not null && Uri.EscapeDataString(State).Length > StateCharactersMax;

    /// <summary>Why the request cannot be granted, as OAuth's error code and a sentence; null when it can.</summary>
    public (string Error, string Description)? Refusal(App app)
    {
        if (ResponseType != "code")
            return ("unsupported_response_type", "The only response_type is code.");
        if (ResponseMode is not (null or "" or "query"))
            return ("invalid_request", "The only response_mode is query.");
        if (!ServiceDefaults.ClientApi.Scopes.Granted(app.Scopes.ToHashSet(), Scopes))
            return ("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
        if (CodeChallenge is null && CodeChallengeMethod is null)
            return null;
        return CodeChallengeMethod == "S256" && CodeChallenge is not null && Sha256().IsMatch(CodeChallenge)
            ? null
            : ("invalid_request", "The code_challenge must be made with the method S256.");
    }

    /// <summary>Each parameter with its value, for the next step; a forced login is not repeated.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("response_type", ResponseType),
        ("response_mode", ResponseMode),
        ("client_id", ClientId),
        ("redirect_uri", RedirectUri),
        ("scope", Scope),
        ("state", State),
        ("code_challenge", CodeChallenge),
        ("code_challenge_method", CodeChallengeMethod),
    ];

    /// <summary>The way back to this request after a login.</summary>
    public string Address() => RedirectAddress.With(Path, Parameters());

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Sha256();
}
