namespace Microblog.Fuzz;

internal enum BodyFormat
{
    Json,
    Form,
    Multipart,
}
