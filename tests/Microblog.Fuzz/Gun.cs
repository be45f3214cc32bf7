using System.Diagnostics;
using System.Text;

namespace Microblog.Fuzz;

/// <summary>Sends requests as they are made, without mending them on the way.</summary>
internal sealed class Gun : IDisposable
{
    /// <summary>An answer that takes longer is a hang.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    {
        Timeout = Deadline,
    };

    private readonly string _origin;

    public Gun(Uri origin)
    {
        _origin = origin.GetLeftPart(UriPartial.Authority);
    }

    public void Dispose() => _http.Dispose();

    public async Task<Reply> Fire(Shot shot)
    {
        using var request = new HttpRequestMessage(new(shot.Method), new Uri(_origin + shot.Target, in AsItIs));
        if (shot.Body is not null)
            request.Content = new ByteArrayContent(shot.Body);
        foreach (var (name, value) in shot.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
                header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            return new((int)response.StatusCode, headers, body, Stopwatch.GetElapsedTime(started), null);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            var none = new Dictionary<string, string>();
            return new(0, none, "", Stopwatch.GetElapsedTime(started), broken.GetBaseException().Message);
        }
    }
}
