using System.Buffers;
using Microblog.ClientEntities;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// A page of statuses that are put together from pieces of JSON instead of being serialized. Gone when it was sent.
/// </summary>
/// <param name="limit">Posts that it is made for.</param>
internal sealed class WarmPage(StatusTemplates templates, long readerId, int limit) : IResult, IDisposable
{
    private const string ContentType = "application/json; charset=utf-8";
    private const int BytesPerStatus = 2_048;

    private readonly PooledBuffer _json = new(BytesPerStatus * (limit + 1));
    private readonly List<long> _cursors = new(limit);

    public long ReaderId => readerId;

    /// <summary>Of all posts that belong on the page, shown or not: what cannot be shown moves a client on.</summary>
    public IReadOnlyList<long> Cursors => _cursors;

    public bool IsFull => _cursors.Count >= limit;

    public bool IsEmpty => _json.Written.IsEmpty;

    /// <param name="author">Null for one who does not exist.</param>
    /// <param name="marks">The viewer's, without whether he is the author.</param>
    public void Add(KnownPost post, KnownAccount? author, ReadOnlySpan<byte> counts, StatusMarks marks)
    {
        _cursors.Add(post.Post.PostId);
        if (author is not { IsSuspended: false })
            return;
        Begin();
        post.Pieces(templates, author.Username, original: null)
            .Write(_json, counts, author.Json, marks | Own(post));
    }

    /// <param name="counts">Of the original.</param>
    /// <inheritdoc cref="Add"/>
    public void AddBoost(
        KnownPost boost,
        KnownAccount? author,
        KnownPost original,
        KnownAccount? originalAuthor,
        ReadOnlySpan<byte> counts,
        StatusMarks marks)
    {
        _cursors.Add(boost.Post.PostId);
        if (author is not { IsSuspended: false } || originalAuthor is not { IsSuspended: false })
            return;
        Begin();
        var pieces = boost.Pieces(templates, author.Username, original.Post);
        pieces.WriteHead(_json, counts);
        original.Pieces(templates, originalAuthor.Username, original: null)
            .Write(_json, counts, originalAuthor.Json, marks | Own(original));
        pieces.WriteRest(_json, author.Json, marks);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var sent = _json;
        if (IsEmpty)
            _json.Write("["u8);
        _json.Write("]"u8);
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = _json.Written.Length;
        await httpContext.Response.BodyWriter.WriteAsync(_json.Written, httpContext.RequestAborted);
    }

    public void Dispose() => _json.Dispose();

    private void Begin() => _json.Write(IsEmpty ? "["u8 : ","u8);

    private StatusMarks Own(KnownPost post) => post.Post.AuthorId == readerId ? StatusMarks.Own : StatusMarks.None;
}
