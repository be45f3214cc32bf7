using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.RegisterApp;

internal sealed record RegisterAppRequest(
    string ClientName,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> Scopes,
    string? Website)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("client_name", "Shown to people when they are asked for their consent."),
        Field.Texts("redirect_uris", "One or several, as a list or separated by line ends."),
        Field.Text("scopes", "The most that the application may ask for, separated by blanks."),
        Field.Text("website", "Address of a page about the application."),
    ];

    public static async ValueTask<RegisterAppRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        return new(
            fields.Text("client_name")?.Trim() ?? "",
            [.. fields.Texts("redirect_uris").SelectMany(Lines).Distinct()],
            [.. ServiceDefaults.ClientApi.Scopes.Parse(fields.Text("scopes"))],
            fields.Text("website")?.Trim() is { Length: > 0 } website ? website : null);
    }

    private static string[] Lines(string text) => text.Split(
        ['\r', '\n', ' '],
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
