using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// How every service writes JSON: snake_case, nulls written, times as <see cref="ClientTimeConverter"/> does.
/// </summary>
public static class ClientJson
{
    /// <summary>
    /// For JSON that is written outside an endpoint's result, such as a rendered post or a stream's frame.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    internal static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        // Clients require fields such as in_reply_to_id and reblog to be present even when they are null.
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        // Answers are application/json with nosniff, never part of a page, so HTML in them need not be escaped again.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new ClientTimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
