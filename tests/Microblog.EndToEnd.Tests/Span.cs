using System.Text;

namespace Microblog.EndToEnd.Tests;

/// <summary>
/// The part of an exported span that tests look at, read from OTLP's protobuf: ExportTraceServiceRequest, field 1
/// ResourceSpans (1 Resource, 2 ScopeSpans), 2 Span (1 trace id, 5 name); attributes are (1 key, 2 value (1 text)).
/// </summary>
public sealed record Span(string Service, string TraceId, string Name)
{
    private const int LengthDelimited = 2;

    public static IEnumerable<Span> ReadAll(byte[] request) =>
        from resourceSpans in Parts(request, 1)
        let service = ServiceName(resourceSpans)
        from scopeSpans in Parts(resourceSpans, 2)
        from span in Parts(scopeSpans, 2)
        select new Span(
            service,
            Convert.ToHexString(Parts(span, 1).Single()),
            Encoding.UTF8.GetString(Parts(span, 5).Single()));

    private static string ServiceName(byte[] resourceSpans) => (
        from resource in Parts(resourceSpans, 1)
        from attribute in Parts(resource, 1)
        where Encoding.UTF8.GetString(Parts(attribute, 1).Single()) == "service.name"
        select Encoding.UTF8.GetString(Parts(Parts(attribute, 2).Single(), 1).Single())).Single();

    private static IEnumerable<byte[]> Parts(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var wireType = (int)(tag & 7);
            var length = wireType switch
            {
                0 => SkipVarint(message, at) - at,
                1 => 8,
                LengthDelimited => (int)Varint(message, ref at),
                5 => 4,
                _ => throw new InvalidOperationException($"Wire type {wireType} at {at}."),
            };
            if ((int)(tag >> 3) == field && wireType == LengthDelimited)
                yield return message[at..(at + length)];
            at += length;
        }
    }

    private static int SkipVarint(byte[] message, int at)
    {
        Varint(message, ref at);
        return at;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
