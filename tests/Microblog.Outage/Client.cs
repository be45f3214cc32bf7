using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microblog.Outage;

/// <summary>Speaks the client API through the gateway; an error is an answer, not an exception.</summary>
public sealed class Client(Uri origin) : IDisposable
{
    /// <summary>No request may take longer, whatever is down: the client gives up and counts it as refused.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new() { BaseAddress = origin, Timeout = Deadline };

    public void Dispose() => _http.Dispose();

    public async Task<Answer> Send(
        HttpMethod method, string path, string? token, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = JsonContent.Create(body);

        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            response.Headers.TryGetValues("Microblog-Standby", out var standby);
            return new(
                (int)response.StatusCode,
                response.IsSuccessStatusCode ? JsonNode.Parse(text) : null,
                standby is null ? null : string.Join(", ", standby),
                response.Headers.RetryAfter?.Delta,
                Stopwatch.GetElapsedTime(started));
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or JsonException)
        {
            return new(0, null, null, null, Stopwatch.GetElapsedTime(started)) { Broken = Reason(broken) };
        }
    }

    /// <exception cref="InvalidOperationException">The answer is not a success.</exception>
    public async Task<JsonNode> Need(HttpMethod method, string path, string? token, object? body = null)
    {
        var answer = await Send(method, path, token, body);
        return answer.Json ?? throw new InvalidOperationException($"{method} {path} answered {answer.Status}.");
    }

    private static string Reason(Exception broken) => broken.GetBaseException() switch
    {
        SocketException socket => socket.SocketErrorCode.ToString(),
        var other => other.GetType().Name,
    };
}
