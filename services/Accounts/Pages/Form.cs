namespace Microblog.Accounts.Pages;

/// <summary>Pieces that the forms of our pages share.</summary>
internal static class Form
{
    /// <summary>The field that carries <see cref="BrowserSessions.FormToken"/>.</summary>
    public const string Token = "form_token";

    /// <summary>The field that says where to go on afterwards.</summary>
    public const string ReturnTo = "return_to";

    private const string AuthorizePath = "/oauth/authorize?";

    /// <summary>What the gateway takes as one line, and we send as one header.</summary>
    private const int AddressCharactersMax = 7_500;

    public static Html Hidden(string name, string? value) =>
        value is null ? Html.Empty : Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    /// <summary>What went wrong, announced by screen readers as soon as the page is there.</summary>
    public static Html Alert(params IReadOnlyCollection<string> complaints) => complaints.Count == 0
        ? Html.Empty
        : Html.Of($"""<div role="alert">{Html.Join(complaints.Select(text => Html.Of($"<p>{text}</p>")))}</div>""");

    /// <summary>The address, if it is one of ours that continues an authorization; null for all else.</summary>
    public static string? LocalAddress(string? address) =>
        address is not null
        && address.Length <= AddressCharactersMax
        && address.StartsWith(AuthorizePath, StringComparison.Ordinal)
        && address.All(char.IsAscii)
        && !address.Any(char.IsControl)
            ? address
            : null;
}
