using System.Globalization;
using System.Text.RegularExpressions;
using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Microblog.ServiceDefaults.ClientApi.Documents;

/// <summary>
/// Writes into an operation what the framework cannot know, because requests bind themselves: parameters, scopes,
/// errors.
/// </summary>
internal sealed partial class DescribedOperation : IOpenApiOperationTransformer
{
    private static readonly string[] BodyTypes =
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var described = metadata.OfType<EndpointDescription>().LastOrDefault();
        var rule = metadata.OfType<AccessRule>().LastOrDefault();
        var takesBody = context.Description.HttpMethod is not ("GET" or "DELETE");

        operation.Parameters = [.. InRoute(context.Description.RelativePath ?? "")];
        operation.RequestBody = null;
        if (described is { Fields.Count: > 0 } && takesBody)
            operation.RequestBody = Body(described.Fields);
        else if (described is not null)
            operation.Parameters = [.. operation.Parameters, .. described.Fields.Select(InQuery)];

        if (rule is { Scopes: var scopes })
            operation.Security = [.. Alternatives(rule.Kind, scopes, context.Document!)];

        foreach (var status in Errors(rule, metadata.OfType<ValidatedRequest>().Any(), operation.Parameters))
            AddError(operation, status, context.Document!);
        return Task.CompletedTask;
    }

    private static IEnumerable<IOpenApiParameter> InRoute(string path) =>
        from Match match in RouteParameter().Matches(path)
        select new OpenApiParameter
        {
            Name = match.Groups["name"].Value,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static IOpenApiParameter InQuery(Field field) => new OpenApiParameter
    {
        Name = field.Kind is FieldKind.Texts or FieldKind.Ids ? field.Name + "[]" : field.Name,
        In = ParameterLocation.Query,
        Description = field.Summary,
        Schema = FieldSchemas.Of(field),
    };

    private static OpenApiRequestBody Body(IReadOnlyList<Field> fields) => new()
    {
        Content = BodyTypes.ToDictionary(
            type => type,
            _ => new OpenApiMediaType { Schema = FieldSchemas.Of(fields) }),
    };

    private static IEnumerable<OpenApiSecurityRequirement> Alternatives(
        AccessKind kind,
        IReadOnlyList<string> scopes,
        OpenApiDocument document)
    {
        var scheme = new OpenApiSecuritySchemeReference(ClientApiDocument.SecurityScheme, document);
        foreach (var scope in scopes)
            yield return new() { [scheme] = [scope] };
        if (scopes.Count == 0)
            yield return new() { [scheme] = [] };
        if (kind == AccessKind.Optional)
            yield return [];
    }

    private static IEnumerable<int> Errors(AccessRule? rule, bool isValidated, IList<IOpenApiParameter> parameters)
    {
        if (rule is not null)
            yield return 401;
        if (rule is { Scopes.Count: > 0 })
            yield return 403;
        if (parameters.Any(parameter => parameter.In == ParameterLocation.Path))
            yield return 404;
        if (isValidated)
            yield return 422;
        yield return 429;
        yield return 503;
    }

    private static void AddError(OpenApiOperation operation, int status, OpenApiDocument document)
    {
        operation.Responses ??= [];
        var key = status.ToString(CultureInfo.InvariantCulture);
        operation.Responses[key] = new OpenApiResponse
        {
            Description = ClientErrors.For(status),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(ClientApiDocument.Error, document) },
            },
        };
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>[^:}=?]+)[^}]*\}")]
    private static partial Regex RouteParameter();
}
