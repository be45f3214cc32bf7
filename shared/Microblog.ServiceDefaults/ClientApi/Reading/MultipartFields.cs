using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>
/// Reads a multipart body, part by part, so that text which is not UTF-8 is refused with its field named.
/// </summary>
internal static class MultipartFields
{
    private const int BoundaryMax = 128;

    public static async Task Read(byte[] body, MediaTypeHeaderValue contentType, FieldTree tree)
    {
        var boundary = HeaderUtilities.RemoveQuotes(contentType.Boundary).ToString();
        if (boundary.Length is 0 or > BoundaryMax)
            throw Malformed();

        var reader = new MultipartReader(boundary, new MemoryStream(body));
        try
        {
            while (await reader.ReadNextSectionAsync() is { } section)
                await Add(section, tree);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Malformed();
        }
    }

    private static async Task Add(MultipartSection section, FieldTree tree)
    {
        if (section.GetContentDispositionHeader() is not { } disposition)
            return;

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        var content = new MemoryStream();
        await section.Body.CopyToAsync(content);
        if (disposition.IsFileDisposition())
            tree.AddFile(name, FileOf(content, name, section, disposition));
        else
            tree.Add(name, StrictText.Decode(content.GetBuffer().AsSpan(0, (int)content.Length), name));
    }

    private static FormFile FileOf(
        MemoryStream content,
        string name,
        MultipartSection section,
        ContentDispositionHeaderValue disposition)
    {
        var fileName = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return new(content, baseStreamOffset: 0, content.Length, name, fileName)
        {
            Headers = new HeaderDictionary(section.Headers ?? []),
        };
    }

    private static ClientException Malformed() => new(400, "The request body is not valid multipart/form-data");
}
