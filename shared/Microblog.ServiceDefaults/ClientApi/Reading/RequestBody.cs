using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>
/// Reads JSON, urlencoded, multipart or nothing. A body of another type, or without one, is ignored as Mastodon does:
/// real clients send such headers with calls that have no fields.
/// </summary>
internal static class RequestBody
{
    /// <summary>Bytes a body may have; the gateway has the same bound.</summary>
    public const int BytesMax = 1 << 20;

    public static async Task Read(HttpRequest request, FieldTree tree)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType))
            return;

        if (IsJson(contentType))
            JsonFields.Read(await Bytes(request), tree);
        else if (contentType.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            UrlEncoded.Read(await Bytes(request), tree);
        else if (contentType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            await MultipartFields.Read(await Bytes(request), contentType, tree);
    }

    private static bool IsJson(MediaTypeHeaderValue contentType) =>
        contentType.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
        || contentType.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> Bytes(HttpRequest request)
    {
        if (request.ContentLength > BytesMax)
            throw TooLarge();

        var bytes = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (bytes.Length + read > BytesMax)
                throw TooLarge();
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static ClientException TooLarge() => new(413, ClientErrors.For(413));
}
