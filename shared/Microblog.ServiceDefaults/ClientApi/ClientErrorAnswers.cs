using System.Diagnostics;
using System.Globalization;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Turns what an endpoint throws, and answers without a body, into the client's JSON. The headers set so far stay: a
/// browser client needs them most on an error.
/// </summary>
internal sealed partial class ClientErrorAnswers(RequestDelegate next, ILogger<ClientErrorAnswers> logger)
{
    private static readonly TimeSpan RetryAfterOutage = TimeSpan.FromSeconds(5);

    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered, and whatever failed, failed because of that.
            return;
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await Answer(http, exception);
            return;
        }

        if (IsWithoutBody(http.Response))
            await Write(http, http.Response.StatusCode, ClientErrors.For(http.Response.StatusCode));
    }

    private Task Answer(HttpContext http, Exception exception)
    {
        if (exception is ClientException refusal)
            return Write(http, refusal.Status, refusal.Message, refusal.RetryAfter);

        if (exception is BadHttpRequestException bad)
            return Write(http, bad.StatusCode, ClientErrors.For(bad.StatusCode));

        if (Outage.Caused(exception))
        {
            LogOutage(logger, http.Request.Method, Route(http), exception.GetType().Name, exception.Message);
            return Write(
                http,
                StatusCodes.Status503ServiceUnavailable,
                ClientErrors.TemporaryProblem,
                RetryAfterOutage);
        }

        LogUnexpected(logger, exception, http.Request.Method, Route(http), Activity.Current?.TraceId);
        return Write(http, StatusCodes.Status500InternalServerError, ClientErrors.Unexpected);
    }

    // Not the path: names stand in it.
    private static string Route(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown path";

    private static bool IsWithoutBody(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    private static Task Write(HttpContext http, int status, string error, TimeSpan? retryAfter = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = null;
        if (retryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return http.Response.WriteAsJsonAsync(new ClientError(error), ClientJson.Options, http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Route} answered 503: {Exception} {Reason}")]
    private static partial void LogOutage(
        ILogger logger, string method, string route, string exception, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed in trace {TraceId}")]
    private static partial void LogUnexpected(
        ILogger logger, Exception exception, string method, string route, ActivityTraceId? traceId);
}
