using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Bad input answers 422, <c>Validation failed: Text can't be blank, Username has already been taken</c>.
/// </summary>
public static class Validation
{
    /// <summary>
    /// Runs the registered <c>IValidator&lt;TRequest&gt;</c> before the handler. A message begins with the field as a
    /// person calls it: <c>{PropertyName} has already been taken</c>.
    /// </summary>
    public static RouteHandlerBuilder Validate<TRequest>(this RouteHandlerBuilder endpoint)
        where TRequest : class =>
        endpoint.AddEndpointFilter(Validated<TRequest>).WithMetadata(new ValidatedRequest());

    private static async ValueTask<object?> Validated<TRequest>(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
        where TRequest : class
    {
        var request = context.Arguments.OfType<TRequest>().Single();
        var validator = context.HttpContext.RequestServices.GetRequiredService<IValidator<TRequest>>();
        var result = await validator.ValidateAsync(request, context.HttpContext.RequestAborted);
        return result.IsValid ? await next(context) : TypedResults.Json(ErrorFor(result), statusCode: 422);
    }

    private static ClientError ErrorFor(ValidationResult result) => new(
        ClientErrors.ValidationFailed(result.Errors.Select(error => error.ErrorMessage).Distinct()),
        Details: result.Errors.GroupBy(error => ClientNaming.Field(error.PropertyName)).ToDictionary(
            field => field.Key,
            IReadOnlyList<ClientErrorDetail> (field) => [.. field.Select(DetailOf)]));

    private static ClientErrorDetail DetailOf(ValidationFailure failure) =>
        new(ClientNaming.Code(failure.ErrorCode), failure.ErrorMessage);
}
