using Microblog.Admin.Storage;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microblog.Admin.Errors;

/// <summary>
/// One queue of failed messages while somebody looks at it: what is taken and neither put back nor discarded is there
/// again when this is disposed.
/// </summary>
internal sealed class ErrorQueue : IAsyncDisposable
{
    /// <summary>Messages looked at in one go; they are all held unacknowledged.</summary>
    public const int MessagesMax = 10_000;

    private readonly IChannel _channel;

    private ErrorQueue(string name, IChannel channel, int count)
    {
        (Name, _channel, Count) = (name, channel, count);
    }

    public string Name { get; }

    /// <summary>Messages that were there at first: what fails again meanwhile is left for next time.</summary>
    public int Count { get; }

    /// <summary>The queues that hold anything.</summary>
    public static async Task<IReadOnlyList<(string Name, uint Count)>> FindFilled(
        Broker broker,
        CancellationToken cancellationToken)
    {
        var filled = new List<(string Name, uint Count)>();
        foreach (var queue in Topology.Read().FailureQueues)
        {
            if (await broker.Ready(queue, cancellationToken) is var count and > 0)
                filled.Add((queue, count));
        }

        return filled;
    }

    /// <param name="name">With or without <c>_error</c>.</param>
    /// <exception cref="BadUseException">No service has a queue of this name.</exception>
    public static async Task<ErrorQueue> Open(Broker broker, string name, CancellationToken cancellationToken)
    {
        var known = Topology.Read().FailureQueues;
        var queue = known.Contains(name) ? name : name + "_error";
        if (!known.Contains(queue))
            throw new BadUseException($"No service has a queue {name}. `errors list` names those with errors.");
        var count = await broker.Ready(queue, cancellationToken);
        return new(queue, await broker.Open(confirms: true, cancellationToken), (int)Math.Min(count, MessagesMax));
    }

    /// <summary>The oldest first.</summary>
    public async IAsyncEnumerable<FailedMessage> Messages(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < Count; i++)
        {
            if (await _channel.BasicGetAsync(Name, autoAck: false, cancellationToken) is not { } message)
                yield break;
            yield return new(message);
        }
    }

    /// <summary>
    /// Puts the message back where it came from. Only when the broker has it there, it goes from here: a crash in
    /// between leaves it in both places, which consumers bear.
    /// </summary>
    /// <exception cref="FailureException">
    /// Nobody knows where it came from, or the queue does not take it. It stays here.
    /// </exception>
    public async Task Retry(FailedMessage message, CancellationToken cancellationToken)
    {
        var input = Topology.InputOf(Name) ?? message.DiedIn
            ?? throw new FailureException($"Message {message.Id} does not say where it comes from.");
        try
        {
            await _channel.BasicPublishAsync(
                exchange: "",
                routingKey: input,
                mandatory: true,
                message.OriginalProperties(),
                message.Body,
                cancellationToken);
        }
        catch (PublishException refusal)
        {
            throw new FailureException($"{input} does not take message {message.Id}.", refusal);
        }

        await Discard(message, cancellationToken);
    }

    /// <summary>Deletes the message.</summary>
    public async Task Discard(FailedMessage message, CancellationToken cancellationToken) =>
        await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);

    // What was not acknowledged returns to the queue.
    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
