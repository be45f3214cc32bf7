using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.EditProfile;

/// <summary>What is to change; null leaves it as it is.</summary>
internal sealed record EditProfileRequest(
    string? DisplayName,
    string? Note,
    bool? Locked,
    bool? Bot,
    bool? Discoverable,
    IReadOnlyList<EditProfileRequest.ProfileRow>? FieldsAttributes,
    string? Privacy,
    bool? Sensitive,
    string? Language,
    bool HasAvatar,
    bool HasHeader)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("display_name", "At most 30 characters."),
        Field.Text("note", "At most 500 characters of plain text."),
        Field.Flag("locked"),
        Field.Flag("bot"),
        Field.Flag("discoverable"),
        Field.Items("fields_attributes", "At most four, each with `name` and `value`."),
        Field.Text("source[privacy]", "`public`, `unlisted`, `private` or `direct`."),
        Field.Flag("source[sensitive]"),
        Field.Text("source[language]", "Two letters, or empty."),
        Field.File("avatar", "Refused: pictures are not offered yet."),
        Field.File("header", "Refused: pictures are not offered yet."),
    ];

    public static async ValueTask<EditProfileRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        return new(
            fields.Text("display_name")?.Trim(),
            fields.Text("note")?.Trim(),
            fields.Flag("locked"),
            fields.Flag("bot"),
            fields.Flag("discoverable"),
            fields.Has("fields_attributes") ? [.. fields.Items("fields_attributes").Select(Row)] : null,
            fields.Text("source[privacy]"),
            fields.Flag("source[sensitive]"),
            fields.Text("source[language]"),
            IsPicture(fields, "avatar"),
            IsPicture(fields, "header"));
    }

    private static ProfileRow Row(RequestFields row) =>
        new(row.Text("name")?.Trim() ?? "", row.Text("value")?.Trim() ?? "");

    // Some clients send an empty text for the picture they leave alone.
    private static bool IsPicture(RequestFields fields, string name) =>
        fields.File(name) is not null || fields.Text(name) is { Length: > 0 };

    /// <summary>One row of the table on the profile; without name and value it deletes the row.</summary>
    internal sealed record ProfileRow(string Name, string Value)
    {
        public bool IsEmpty => Name.Length == 0 && Value.Length == 0;
    }
}
