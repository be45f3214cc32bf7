using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Ingest.BoostPost;

/// <param name="Visibility">Who sees the boost; null for a word that no boost can have.</param>
internal sealed record BoostPostRequest(Visibility? Visibility)
{
    public static readonly Field[] Fields =
        [Field.Text("visibility", "public (the default), unlisted or private.")];

    public static async ValueTask<BoostPostRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        var word = fields.Text("visibility");
        return new(string.IsNullOrEmpty(word) ? Contracts.Ingest.Visibility.Public : VisibilityNames.Parse(word));
    }
}
