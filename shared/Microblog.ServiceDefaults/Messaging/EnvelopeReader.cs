using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Serialization;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Reads what MassTransit sends, in MassTransit's own form: an envelope in JSON with the message in it. Its own reader
/// takes a message apart three times, twice into a document that is thrown away again; here the message stays where it
/// was received until a consumer asks for it, and is read once.
/// </summary>
internal sealed class EnvelopeReader : IMessageDeserializer, ISerializerFactory
{
    private static readonly SystemTextJsonMessageSerializer Own = SystemTextJsonMessageSerializer.Instance;

    public ContentType ContentType => Own.ContentType;

    private static JsonSerializerOptions Json => SystemTextJsonMessageSerializer.Options;

    public IMessageSerializer CreateSerializer() => Own;

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
        receiveContext,
        Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var bytes = body.GetBytes();
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(bytes, Json);
            return envelope is { Message.Length: > 0 }
                ? new Received(envelope, bytes.AsMemory(envelope.Message.Start, envelope.Message.Length))
                : throw new SerializationException("There is no message in the envelope.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            throw new SerializationException("This is no envelope of MassTransit.", unreadable);
        }
    }

    public MessageBody GetMessageBody(string text) => Own.GetMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("json").Add("provider", nameof(EnvelopeReader));

    /// <summary>What is around the message, and where in the envelope that is.</summary>
    private sealed class Envelope : JsonMessageEnvelope
    {
        [JsonConverter(typeof(PlaceConverter))]
        public new Place Message { get; set; }
    }

    /// <summary>In bytes.</summary>
    private readonly record struct Place(int Start, int Length);

    private sealed class PlaceConverter : JsonConverter<Place>
    {
        public override Place Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return new(start, (int)reader.BytesConsumed - start);
        }

        public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Envelopes are written by MassTransit.");
    }

    /// <summary>Without what MassTransit needs to send the same message on: nobody does.</summary>
    private sealed class Received(Envelope envelope, ReadOnlyMemory<byte> message) : SystemTextJsonSerializerContext(
        Own,
        Json,
        Own.ContentType,
        new EnvelopeMessageContext(envelope, Own),
        envelope.MessageType ?? [],
        message: message)
    {
        public override bool TryGetMessage<T>([NotNullWhen(true)] out T? found)
            where T : class
        {
            found = IsSupportedMessageType<T>() ? JsonSerializer.Deserialize<T>(message.Span, Options) : null;
            return found is not null;
        }

        public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? found)
        {
            found = JsonSerializer.Deserialize(message.Span, messageType, Options);
            return found is not null;
        }
    }
}
