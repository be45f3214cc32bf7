using System.Globalization;
using System.Security.Cryptography;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>Tells a client to come again, at the least cost: it is told when there is no time for more.</summary>
internal static class Refusal
{
    public static Task Answer(HttpContext http, TimeSpan retryAfterMax, CancellationToken cancellationToken)
    {
        // Not the same for all, or all would be back at the same moment.
        var seconds = RandomNumberGenerator.GetInt32((int)retryAfterMax.TotalSeconds) + 1;
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(
            new ClientError(ClientErrors.TemporaryProblem), ClientJson.Options, cancellationToken);
    }
}
