using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace Microblog.Admin.Errors;

/// <summary>A message that a service could not handle, and what the broker was told about it.</summary>
internal sealed class FailedMessage(BasicGetResult message)
{
    // What MassTransit adds to the headers when it gives up.
    private static readonly string[] Added = ["MT-Fault-", "MT-Reason", "MT-Host-"];

    public ulong DeliveryTag { get; } = message.DeliveryTag;

    public ReadOnlyMemory<byte> Body { get; } = message.Body.ToArray();

    /// <summary>The message's own id; messages from elsewhere may have none.</summary>
    public string Id { get; } =
        message.BasicProperties.MessageId is { Length: > 0 } id ? id : $"#{message.DeliveryTag}";

    /// <summary>In the order of their names.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = new SortedDictionary<string, string>(
        (message.BasicProperties.Headers ?? new Dictionary<string, object?>())
            .ToDictionary(header => header.Key, header => Text(header.Value)),
        StringComparer.Ordinal);

    /// <summary>The contract, as far as the message says.</summary>
    public string Type => Header("MT-Fault-MessageType") ?? TypeInBody() ?? "unreadable";

    public string Reason => Header("MT-Fault-Message") is { } fault
        ? $"{Header("MT-Fault-ExceptionType")?.Split('.')[^1]}: {fault}"
        : Header("x-first-death-reason") ?? "no consumer for this type of message";

    public string FailedAt => Header("MT-Fault-Timestamp") ?? "-";

    /// <summary>Where a dead letter lay before.</summary>
    public string? DiedIn => Header("x-first-death-queue");

    /// <summary>The message as it was before it failed.</summary>
    public BasicProperties OriginalProperties()
    {
        var properties = new BasicProperties(message.BasicProperties);
        properties.Headers = properties.Headers?
            .Where(header => !Added.Any(prefix => header.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(header => header.Key, header => header.Value);
        return properties;
    }

    private string? Header(string name) => Headers.GetValueOrDefault(name);

    private string? TypeInBody()
    {
        try
        {
            var types = JsonNode.Parse(Body.Span)?["messageType"]?.AsArray();
            return types is [{ } first, ..] ? first.GetValue<string>() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not being readable may be why it failed.
            return null;
        }
    }

    private static string Text(object? header) => header switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        null => "",
        _ => Convert.ToString(header, CultureInfo.InvariantCulture) ?? "",
    };
}
