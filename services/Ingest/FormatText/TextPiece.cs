namespace Microblog.Ingest.FormatText;

/// <summary>A stretch of a post's text. The pieces of a text, as written, are the text.</summary>
/// <param name="Written">As it stands in the text, with <c>@</c> or <c>#</c>.</param>
/// <param name="Name">Username of a mention or name of a tag, in lower case without its sign; else empty.</param>
/// <param name="Domain">What a mention names after its second <c>@</c>; null when it names none.</param>
internal sealed record TextPiece(TextPieceKind Kind, string Written, string Name = "", string? Domain = null);
