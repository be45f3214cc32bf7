using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Resources;
using Microblog.ServiceDefaults.ClientApi.Reading;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// How validators speak to clients: "Spoiler text can't be blank", in the words of the API that clients know.
/// </summary>
internal static class ClientNaming
{
    /// <summary>FluentValidation keeps its language for the whole process; all services speak the same one.</summary>
    public static void Apply()
    {
        ValidatorOptions.Global.LanguageManager = new Messages();
        ValidatorOptions.Global.DisplayNameResolver = DisplayName;
    }

    /// <summary>A property as the request names it: <c>SpoilerText</c> is <c>spoiler_text</c>.</summary>
    public static string Field(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);

    public static string Code(string errorCode) => errorCode switch
    {
        _ when errorCode.StartsWith("ERR_", StringComparison.Ordinal) => errorCode,
        "NotEmptyValidator" or "NotNullValidator" => "ERR_BLANK",
        "MaximumLengthValidator" => "ERR_TOO_LONG",
        "MinimumLengthValidator" => "ERR_TOO_SHORT",
        _ => "ERR_INVALID",
    };

    private static string? DisplayName(Type type, MemberInfo? member, LambdaExpression? expression) =>
        member is null ? null : FieldName.Readable(Field(member.Name));

    private sealed class Messages : LanguageManager
    {
        public Messages()
        {
            Say("NotEmptyValidator", "can't be blank");
            Say("NotNullValidator", "can't be blank");
            Say("MaximumLengthValidator", "is too long (maximum is {MaxLength} characters)");
            Say("MinimumLengthValidator", "is too short (minimum is {MinLength} characters)");
            Say("RegularExpressionValidator", "is invalid");
            Say("EmailValidator", "is invalid");
            Say("EnumValidator", "is not included in the list");
            Say("PredicateValidator", "is invalid");
            Say("InclusiveBetweenValidator", "must be between {From} and {To}");
        }

        // Without a culture the library falls back to English.
        private void Say(string validator, string complaint) =>
            AddTranslation("en", validator, "{PropertyName} " + complaint);
    }
}
