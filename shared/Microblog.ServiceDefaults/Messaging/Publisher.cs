using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Publishes with confirm, asks questions, and always has an answer within its deadline. After a message that was not
/// confirmed everything else fails at once, until <see cref="BrokerWatch"/> has one confirmed.
/// </summary>
public sealed partial class Publisher
{
    /// <summary>A publish is confirmed within this, or counts as failed.</summary>
    public static readonly TimeSpan PublishDeadline = TimeSpan.FromSeconds(2);

    /// <summary>A question is answered within this, or counts as failed.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(2);

    private readonly IPublishingBus _bus;
    private readonly BrokerCircuit _circuit;
    private readonly ILogger<Publisher> _logger;
    private readonly IClientFactory _questions;

    internal Publisher(IPublishingBus bus, BrokerCircuit circuit, ILogger<Publisher> logger)
    {
        _bus = bus;
        _circuit = circuit;
        _logger = logger;
        _questions = bus.CreateClientFactory(AnswerDeadline);
    }

    /// <summary>Returns when the broker has the message on disk and at least one queue takes it.</summary>
    /// <exception cref="BrokerAwayException">Not confirmed in time. The message may arrive all the same.</exception>
    public Task Publish<TMessage>(TMessage message, CancellationToken cancellationToken)
        where TMessage : class => Confirm(
            typeof(TMessage),
            // The client's token stays outside: cancelling a publish makes MassTransit drop the channel.
            () => _bus.Publish(message, publish => publish.Mandatory = true, CancellationToken.None),
            cancellationToken);

    /// <summary>The same for a message whose type is known only now.</summary>
    /// <exception cref="BrokerAwayException">Not confirmed in time. The message may arrive all the same.</exception>
    public Task Publish(object message, Type type, CancellationToken cancellationToken) => Confirm(
        type,
        () => _bus.Publish(message, type, Pipe.Execute<PublishContext>(publish => publish.Mandatory = true)),
        cancellationToken);

    /// <summary>
    /// Asks the service that owns the answer. Never on the path that accepts a post or reads a warm timeline.
    /// </summary>
    /// <exception cref="BrokerAwayException">No answer in time, or the other side failed.</exception>
    public async Task<TAnswer> Ask<TQuestion, TAnswer>(TQuestion question, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        RefuseWhileAway(typeof(TQuestion));
        try
        {
            // Elsewhere: while the connection is just closing the call itself may not return.
            var response = await Task.Run(
                    () => _questions.CreateRequestClient<TQuestion>(AnswerDeadline)
                        .GetResponse<TAnswer>(question, cancellationToken),
                    cancellationToken)
                .WaitAsync(AnswerDeadline, cancellationToken);
            _circuit.Succeeded();
            return response.Message;
        }
        catch (Exception failure) when (IsAway(failure) && !cancellationToken.IsCancellationRequested)
        {
            // Says nothing about the broker: whoever should answer may be away.
            throw new BrokerAwayException($"{typeof(TQuestion).Name} was not answered.", failure);
        }
    }

    // The last four: what a connection throws while it is being closed.
    internal static bool IsAway(Exception failure) => failure is TimeoutException
        or RequestTimeoutException
        or RequestFaultException
        or MassTransitException
        or MassTransit.PublishException
        or RabbitMQ.Client.Exceptions.PublishException
        or OperationInterruptedException
        or AlreadyClosedException
        or BrokerUnreachableException
        or OperationCanceledException
        or ObjectDisposedException
        or IOException
        or SocketException;

    private async Task Confirm(Type type, Func<Task> publish, CancellationToken cancellationToken)
    {
        RefuseWhileAway(type);
        try
        {
            await Task.Run(publish, CancellationToken.None).WaitAsync(PublishDeadline, cancellationToken);
            _circuit.Succeeded();
        }
        catch (MessageReturnedException returned)
        {
            // The broker is well, but knows nobody who wants this: its queues are missing.
            _circuit.Succeeded();
            LogReturned(_logger, type.Name);
            throw new BrokerAwayException($"No queue takes {type.Name}.", returned);
        }
        catch (Exception failure) when (IsAway(failure) && !cancellationToken.IsCancellationRequested)
        {
            _circuit.Failed();
            throw new BrokerAwayException($"{type.Name} was not confirmed.", failure);
        }
    }

    private void RefuseWhileAway(Type type)
    {
        if (!_circuit.LetsThrough)
            throw new BrokerAwayException($"{type.Name} was not tried: the broker did not confirm just now.");
    }

    [LoggerMessage(LogLevel.Error, "No queue takes {Message}: declare the topology again with the argument migrate")]
    private static partial void LogReturned(ILogger logger, string message);
}
