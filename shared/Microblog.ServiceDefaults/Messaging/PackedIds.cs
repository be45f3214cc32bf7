using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Long lists of ids in messages, as text of a quarter of the length: each id as its difference to the one before, in
/// bytes of seven bits, the lowest first, and all of it in Base64. Readers of an audience come in ascending order, and
/// are close together. A list may also come as an array, as short ones do and as all others can read.
/// </summary>
internal sealed class PackedIds : JsonConverter<IReadOnlyList<long>>
{
    /// <summary>What people may still want to read in a message that failed.</summary>
    private const int ArrayMax = 16;

    private const int BytesPerIdMax = 10;

    public override IReadOnlyList<long> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Unpack(reader.GetBytesFromBase64());
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Ids come as an array or packed.");

        var ids = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ids.Add(reader.GetInt64());
        return ids;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<long> value, JsonSerializerOptions options)
    {
        if (value.Count > ArrayMax)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(value.Count * BytesPerIdMax);
            writer.WriteBase64StringValue(bytes.AsSpan(0, Pack(value, bytes)));
            ArrayPool<byte>.Shared.Return(bytes);
            return;
        }

        writer.WriteStartArray();
        foreach (var id in value)
            writer.WriteNumberValue(id);
        writer.WriteEndArray();
    }

    private static int Pack(IReadOnlyList<long> ids, Span<byte> bytes)
    {
        var (length, last) = (0, 0L);
        for (var i = 0; i < ids.Count; i++)
        {
            var difference = unchecked(ids[i] - last);
            last = ids[i];
            // The sign goes last, so that small differences are short whichever way they go.
            var left = unchecked((ulong)((difference << 1) ^ (difference >> 63)));
            for (; left >= 0x80; left >>= 7)
                bytes[length++] = (byte)(left | 0x80);
            bytes[length++] = (byte)left;
        }

        return length;
    }

    private static long[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var one in bytes)
            count += one < 0x80 ? 1 : 0;

        var ids = new long[count];
        var (position, last) = (0, 0L);
        for (var i = 0; i < count; i++)
        {
            var (zigzag, shift) = (0UL, 0);
            byte one;
            do
            {
                one = bytes[position++];
                zigzag |= (ulong)(one & 0x7F) << shift;
                shift += 7;
            }
            while (one >= 0x80);
            last = unchecked(last + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
            ids[i] = last;
        }

        return ids;
    }
}
