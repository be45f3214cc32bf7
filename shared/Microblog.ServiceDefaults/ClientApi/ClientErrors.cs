using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>The texts that clients know, and the typed results that carry them.</summary>
public static class ClientErrors
{
    public const string RecordNotFound = "Record not found";
    public const string ActionNotAllowed = "This action is not allowed";
    public const string TokenInvalid = "The access token is invalid";
    public const string ScopeMissing = "This action is outside the authorized scopes";
    public const string UserRequired = "This method requires an authenticated user";
    public const string TooManyRequests = "Too many requests";
    public const string TemporaryProblem = "There was a temporary problem serving your request, please try again";
    public const string Unexpected = "An unexpected error occurred. It has been recorded and will be looked at";
    public const string NegativeLimit = "Pagination values for `offset` and `limit` must be positive";

    /// <summary>404; also the answer to what the caller may not see.</summary>
    public static JsonHttpResult<ClientError> NotFound() => With(StatusCodes.Status404NotFound, RecordNotFound);

    /// <summary>403.</summary>
    public static JsonHttpResult<ClientError> Forbidden(string error = ActionNotAllowed) =>
        With(StatusCodes.Status403Forbidden, error);

    /// <summary>422 with the text as it is; <see cref="Invalid"/> adds "Validation failed".</summary>
    public static JsonHttpResult<ClientError> Unprocessable(string error) =>
        With(StatusCodes.Status422UnprocessableEntity, error);

    /// <summary>422, <c>Validation failed: Text can't be blank</c>.</summary>
    public static JsonHttpResult<ClientError> Invalid(params IEnumerable<string> complaints) =>
        Unprocessable(ValidationFailed(complaints));

    /// <summary>400, <c>param is missing or the value is empty: acct</c>.</summary>
    public static JsonHttpResult<ClientError> Missing(string field) =>
        With(StatusCodes.Status400BadRequest, $"param is missing or the value is empty: {field}");

    public static JsonHttpResult<ClientError> With(int status, string error, string? description = null) =>
        TypedResults.Json(new ClientError(error, description), statusCode: status);

    internal static string ValidationFailed(IEnumerable<string> complaints) =>
        "Validation failed: " + string.Join(", ", complaints);

    internal static string For(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => TokenInvalid,
        StatusCodes.Status403Forbidden => ActionNotAllowed,
        StatusCodes.Status404NotFound => RecordNotFound,
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed here",
        StatusCodes.Status413PayloadTooLarge => "The request body is too large",
        StatusCodes.Status414UriTooLong => "The address is too long",
        StatusCodes.Status415UnsupportedMediaType => "The content type is not supported",
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => TemporaryProblem,
        < 500 => "The request could not be understood",
        _ => Unexpected,
    };
}
