using System.Globalization;
using System.Text.Json.Serialization;

namespace Microblog.Timeline.Storage;

/// <summary>A hashtag as clients see it.</summary>
/// <param name="Id"><c>0</c> for a tag that no public post has used.</param>
/// <param name="Following">Absent for somebody who is not logged in; tags cannot be followed.</param>
internal sealed record Tag(
    string Id,
    string Name,
    string Url,
    IReadOnlyList<object> History,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Following)
{
    public static Tag Of(long id, string name, string origin, bool isKnownViewer) => new(
        id.ToString(CultureInfo.InvariantCulture),
        name,
        $"{origin}/tags/{Uri.EscapeDataString(name)}",
        [],
        isKnownViewer ? false : null);
}
