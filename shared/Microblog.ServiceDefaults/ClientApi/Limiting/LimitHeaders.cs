using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>The three headers, always together: one client crashes on Remaining without the others.</summary>
internal static class LimitHeaders
{
    private const string LimitName = "X-RateLimit-Limit";
    private const string RemainingName = "X-RateLimit-Remaining";
    private const string ResetName = "X-RateLimit-Reset";

    /// <summary>Writes how the tightest limit stands, the earlier of two equal ones.</summary>
    /// <exception cref="ClientException">429: one of them is exceeded.</exception>
    public static void Answer(HttpContext http, IReadOnlyList<LimitState> states, DateTimeOffset now)
    {
        // Of several exceeded limits the client must wait for the last.
        var tightest = states.Where(state => state.IsExceeded).MaxBy(state => state.ResetAt)
            ?? states.MinBy(state => state.Remaining)!;
        Write(http.Response.Headers, tightest);

        if (tightest.IsExceeded)
        {
            throw new ClientException(StatusCodes.Status429TooManyRequests, ClientErrors.TooManyRequests)
            {
                RetryAfter = tightest.ResetAt - now,
            };
        }
    }

    private static void Write(IHeaderDictionary headers, LimitState state)
    {
        headers[LimitName] = state.Limit.ToString(CultureInfo.InvariantCulture);
        headers[RemainingName] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[ResetName] = state.ResetAt.UtcDateTime.ToString(
            "yyyy-MM-ddTHH:mm:ss.ffffffZ",
            CultureInfo.InvariantCulture);
    }
}
