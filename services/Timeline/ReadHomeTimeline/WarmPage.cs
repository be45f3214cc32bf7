using System.Buffers;
using Microblog.ClientEntities;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>A page of statuses that are put together from pieces of JSON instead of being serialized.</summary>
internal sealed class WarmPage(StatusTemplates templates, long readerId) : IResult
{
    private const string ContentType = "application/json; charset=utf-8";
    private const int BytesPerStatus = 2_048;

    private readonly List<(WarmEntry Entry, KnownAccount Author, KnownAccount? OriginalAuthor)> _shown = [];
    private readonly List<long> _cursors = [];

    /// <summary>Of all posts that belong on the page, shown or not: what cannot be shown moves a client on.</summary>
    public IReadOnlyList<long> Cursors => _cursors;

    public bool IsEmpty => _shown.Count == 0;

    /// <param name="authors">Of the round that the entry comes from; null for one who does not exist.</param>
    public void Add(WarmEntry entry, KnownAccount?[] authors)
    {
        _cursors.Add(entry.Post.Post.PostId);
        if (authors[entry.Author] is not { IsSuspended: false } author)
            return;
        if (entry.Original is null)
            _shown.Add((entry, author, null));
        else if (authors[entry.OriginalAuthor] is { IsSuspended: false } originalAuthor)
            _shown.Add((entry, author, originalAuthor));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var json = new PooledBuffer(BytesPerStatus * (_shown.Count + 1));
        Write(json);
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = json.Written.Length;
        await httpContext.Response.BodyWriter.WriteAsync(json.Written, httpContext.RequestAborted);
    }

    private void Write(PooledBuffer json)
    {
        json.Write("["u8);
        for (var i = 0; i < _shown.Count; i++)
        {
            if (i > 0)
                json.Write(","u8);
            var (entry, author, originalAuthor) = _shown[i];
            var post = entry.Post.Pieces(templates, author.Username, entry.Original?.Post);
            if (originalAuthor is null)
            {
                post.Write(json, entry.Counts, author.Json, entry.Marks | Own(entry.Post));
                continue;
            }

            post.WriteHead(json, entry.Counts);
            entry.Original!.Pieces(templates, originalAuthor.Username, original: null)
                .Write(json, entry.Counts, originalAuthor.Json, entry.Marks | Own(entry.Original));
            post.WriteRest(json, author.Json, entry.Marks);
        }

        json.Write("]"u8);
    }

    private StatusMarks Own(KnownPost post) => post.Post.AuthorId == readerId ? StatusMarks.Own : StatusMarks.None;
}
