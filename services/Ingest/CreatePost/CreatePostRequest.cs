using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.FormatText;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Ingest.CreatePost;

/// <param name="Text">Tidied; what the content warning says when only that was written.</param>
/// <param name="Sensitive">Null when the client leaves it to the author's default.</param>
/// <param name="Visibility">Null when the client leaves it to the author's default, or for a word that names
/// none.</param>
/// <param name="NamesVisibility">False for a word that names none.</param>
/// <param name="Language">Null when the client leaves it to the author's default.</param>
/// <param name="IdempotencyKey">Null when the client sent none.</param>
/// <param name="MediaIds">What we cannot attach, to say so.</param>
internal sealed record CreatePostRequest(
    string Text,
    string SpoilerText,
    bool? Sensitive,
    Visibility? Visibility,
    bool NamesVisibility,
    string? Language,
    long? InReplyToId,
    string? IdempotencyKey,
    IReadOnlyList<string> MediaIds,
    IReadOnlyList<string> PollOptions,
    string ScheduledAt)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>What the endpoint reads. Whatever else clients send is ignored.</summary>
    public static readonly Field[] Fields =
    [
        Field.Text("status", "The text: at most 500 characters, a link counting 23."),
        Field.Id("in_reply_to_id", "The post to reply to."),
        Field.Text("spoiler_text", "A content warning; its length counts with the text's."),
        Field.Flag("sensitive", "True if the post should be hidden at first."),
        Field.Text("visibility", "public, unlisted, private or direct; the author's default when absent."),
        Field.Text("language", "An ISO 639 code."),
        Field.Texts("media_ids[]", "Must be empty: media are not offered yet."),
        Field.Texts("poll[options][]", "Must be absent: polls are not offered yet."),
        Field.Text("scheduled_at", "Must be absent: scheduling is not offered yet."),
    ];

    public static async ValueTask<CreatePostRequest?> BindAsync(HttpContext http)
    {
        var fields = await RequestFields.Read(http);
        var text = PlainText.Tidy(fields.Text("status"));
        var spoilerText = PlainText.Tidy(fields.Text("spoiler_text"));
        var word = fields.Text("visibility") ?? "";
        var visibility = VisibilityNames.Parse(word);
        var isOnlySpoiler = PlainText.IsBlank(text) && spoilerText.Length > 0;
        return new(
            isOnlySpoiler ? spoilerText : text,
            isOnlySpoiler ? "" : spoilerText,
            spoilerText.Length > 0 ? true : fields.Flag("sensitive"),
            visibility,
            visibility is not null || word.Length == 0,
            fields.Text("language") is { Length: > 0 } language ? language : null,
            fields.Id("in_reply_to_id"),
            http.Request.Headers[KeyHeader].ToString() is { Length: > 0 } key ? key : null,
            [.. fields.Texts("media_ids").Where(id => id.Length > 0)],
            fields.Texts("poll[options]"),
            fields.Text("scheduled_at") ?? "");
    }
}
