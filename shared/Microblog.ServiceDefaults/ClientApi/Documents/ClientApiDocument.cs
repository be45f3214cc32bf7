using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Microblog.ServiceDefaults.ClientApi.Documents;

/// <summary>
/// What the document of every service has alike: where it is served, how one logs in, what an error looks like.
/// </summary>
internal sealed class ClientApiDocument(IOptions<OriginOptions> origin) : IOpenApiDocumentTransformer
{
    public const string Error = nameof(ClientError);
    public const string SecurityScheme = "oauth";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken)
    {
        document.Info.Title = "Microblog";
        document.Servers = [new() { Url = origin.Value.Origin }];
        document.AddComponent<IOpenApiSchema>(Error, ErrorSchema());
        document.AddComponent<IOpenApiSecurityScheme>(SecurityScheme, OAuth(origin.Value.Origin));
        return Task.CompletedTask;
    }

    private static OpenApiSchema ErrorSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "error" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["error"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["error_description"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["details"] = new OpenApiSchema { Type = JsonSchemaType.Object },
        },
    };

    private static OpenApiSecurityScheme OAuth(string origin) => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Flows = new()
        {
            AuthorizationCode = new()
            {
                AuthorizationUrl = new(origin + "/oauth/authorize"),
                TokenUrl = new(origin + "/oauth/token"),
                Scopes = Scopes.All.ToDictionary(scope => scope, _ => ""),
            },
        },
    };
}
