using Microblog.ServiceDefaults.ClientApi.Reading;
using Microsoft.OpenApi;

namespace Microblog.ServiceDefaults.ClientApi.Documents;

/// <summary>Turns declared fields into schemas: <c>poll[options]</c> is a property of the object <c>poll</c>.</summary>
internal static class FieldSchemas
{
    public static OpenApiSchema Of(IReadOnlyList<Field> fields)
    {
        var root = NewObject();
        foreach (var field in fields)
        {
            var parts = FieldName.Parts(field.Name).Where(part => part.Length > 0).ToList();
            var owner = root;
            foreach (var part in parts.SkipLast(1))
                owner = (OpenApiSchema)(owner.Properties!.TryGetValue(part, out var known)
                    ? known
                    : owner.Properties[part] = NewObject());
            owner.Properties![parts[^1]] = Of(field);
        }

        return root;
    }

    public static OpenApiSchema Of(Field field) => field.Kind switch
    {
        FieldKind.Flag => Scalar(JsonSchemaType.Boolean, field),
        FieldKind.Number => Scalar(JsonSchemaType.Integer, field),
        FieldKind.Time => Scalar(JsonSchemaType.String, field, "date-time"),
        FieldKind.File => Scalar(JsonSchemaType.String, field, "binary"),
        FieldKind.Texts or FieldKind.Ids => ListOf(JsonSchemaType.String, field),
        FieldKind.Items => ListOf(JsonSchemaType.Object, field),
        FieldKind.Text or FieldKind.Id or _ => Scalar(JsonSchemaType.String, field),
    };

    private static OpenApiSchema NewObject() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(),
    };

    private static OpenApiSchema Scalar(JsonSchemaType type, Field field, string? format = null) =>
        new() { Type = type, Format = format, Description = field.Summary };

    private static OpenApiSchema ListOf(JsonSchemaType item, Field field) => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = item },
        Description = field.Summary,
    };
}
