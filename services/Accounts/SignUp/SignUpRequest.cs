using Microblog.Accounts.Pages;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.SignUp;

internal sealed record SignUpRequest(string Username, string Email, string Password, bool Agreement)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("username", "1 to 30 letters, digits and underscores."),
        Field.Text("email"),
        Field.Text("password", "8 to 256 characters."),
        Field.Flag("agreement", "Must be true."),
        Field.Text("locale", "Accepted; there is one language."),
        Field.Text("reason", "Accepted; sign-ups need no approval."),
    ];

    /// <summary>What the page sends besides.</summary>
    public static IReadOnlyList<Field> PageFields { get; } =
        [.. Fields, Field.Text(Form.ReturnTo), Field.Text(Form.Token)];

    public static async ValueTask<SignUpRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        return new(
            fields.Text("username")?.Trim() ?? "",
            fields.Text("email")?.Trim() ?? "",
            fields.Text("password") ?? "",
            fields.Flag("agreement") ?? false);
    }
}
