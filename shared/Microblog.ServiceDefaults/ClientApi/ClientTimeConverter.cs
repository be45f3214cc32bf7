using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Times as <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, UTC, always three digits: one client parses exactly this.
/// </summary>
internal sealed class ClientTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
