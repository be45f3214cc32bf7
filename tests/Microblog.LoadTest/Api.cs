using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Microblog.LoadTest;

/// <summary>Speaks the client API; what goes wrong is an answer, not an exception.</summary>
public sealed class Api : IDisposable
{
    /// <summary>Nobody waits longer; then it counts as an error.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    // More would only queue in the gateway; the time a request waits here counts as well.
    private const int ConnectionsMax = 512;

    private readonly HttpClient _http;

    public Api(Uri origin)
    {
        _http = new(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = ConnectionsMax,
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            BaseAddress = origin,
            Timeout = Deadline,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <param name="json">The body; null for none.</param>
    public async Task<Answer> Send(
        HttpMethod method,
        string path,
        string? token,
        string? json = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default)
    {
        using var request = Request(method, path, token);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new((int)response.StatusCode, body, Stopwatch.GetTimestamp());
        }
        catch (HttpRequestException)
        {
            return Answer.Broken;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer.Late;
        }
    }

    /// <exception cref="InvalidOperationException">The answer is not a success.</exception>
    /// <exception cref="CommandLineException">There is no answer.</exception>
    public async Task<JsonNode> Need(
        HttpMethod method, string path, string? token, JsonObject? body, CancellationToken cancellationToken)
    {
        var answer = await Send(method, path, token, body?.ToJsonString(), null, cancellationToken);
        if (answer.IsOk)
            return JsonNode.Parse(answer.Body)!;
        throw answer.Status == Answer.Broken.Status
            ? new CommandLineException(
                $"Nothing answers at {_http.BaseAddress}: is it started? ./infra/up starts one here.")
            : new InvalidOperationException(
                $"{method} {path} was answered with {answer.Status}: {Encoding.UTF8.GetString(answer.Body)}");
    }

    /// <summary>An answer that goes on: headers have come, the body is read by the caller.</summary>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    public Task<HttpResponseMessage> Open(string path, string token, CancellationToken cancellationToken) =>
        _http.SendAsync(
            Request(HttpMethod.Get, path, token), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
