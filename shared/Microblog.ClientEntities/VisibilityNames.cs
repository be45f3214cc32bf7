using Microblog.Contracts.Ingest;

namespace Microblog.ClientEntities;

/// <summary>The words by which clients name who may see a post.</summary>
public static class VisibilityNames
{
    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.Public => "public",
        Visibility.Unlisted => "unlisted",
        Visibility.Private => "private",
        Visibility.Direct => "direct",
        _ => throw new InvalidOperationException($"Visibility {visibility} has no name."),
    };

    /// <summary>Null for a word that names none.</summary>
    public static Visibility? Parse(string name) => name switch
    {
        "public" => Visibility.Public,
        "unlisted" => Visibility.Unlisted,
        "private" => Visibility.Private,
        "direct" => Visibility.Direct,
        _ => null,
    };
}
