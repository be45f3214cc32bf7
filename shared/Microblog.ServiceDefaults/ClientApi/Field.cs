namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// One parameter that an endpoint declares. Named as in a form, brackets for nesting: <c>source[privacy]</c>.
/// </summary>
public sealed record Field
{
    private Field(string name, FieldKind kind, string? summary)
    {
        Name = name;
        Kind = kind;
        Summary = summary;
    }

    public string Name { get; }

    public FieldKind Kind { get; }

    public string? Summary { get; }

    /// <summary>The cursors of a list, and <c>limit</c>.</summary>
    public static IReadOnlyList<Field> Paging { get; } =
    [
        Number("limit", "Items wanted; clamped to the endpoint's maximum."),
        Id("max_id", "Only ids below this one."),
        Id("since_id", "Only ids above this one, the newest of them."),
        Id("min_id", "Only the ids directly above this one."),
    ];

    public static Field Text(string name, string? summary = null) => new(name, FieldKind.Text, summary);

    public static Field Texts(string name, string? summary = null) => new(name, FieldKind.Texts, summary);

    public static Field Flag(string name, string? summary = null) => new(name, FieldKind.Flag, summary);

    public static Field Number(string name, string? summary = null) => new(name, FieldKind.Number, summary);

    public static Field Time(string name, string? summary = null) => new(name, FieldKind.Time, summary);

    public static Field Id(string name, string? summary = null) => new(name, FieldKind.Id, summary);

    public static Field Ids(string name, string? summary = null) => new(name, FieldKind.Ids, summary);

    public static Field File(string name, string? summary = null) => new(name, FieldKind.File, summary);

    /// <summary>A list of objects, read with <see cref="RequestFields.Items"/>.</summary>
    public static Field Items(string name, string? summary = null) => new(name, FieldKind.Items, summary);
}
