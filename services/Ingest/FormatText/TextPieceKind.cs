namespace Microblog.Ingest.FormatText;

internal enum TextPieceKind
{
    Plain,
    Mention,
    Tag,
    Link,
}
