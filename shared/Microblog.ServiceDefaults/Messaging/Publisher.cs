using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>Publishes with confirm, asks questions, and always has an answer within its deadline.</summary>
public sealed class Publisher(IPublishingBus bus)
{
    /// <summary>A publish is confirmed within this, or counts as failed.</summary>
    public static readonly TimeSpan PublishDeadline = TimeSpan.FromSeconds(2);

    /// <summary>A question is answered within this, or counts as failed.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(2);

    private readonly IClientFactory _questions = bus.CreateClientFactory(AnswerDeadline);

    /// <summary>Returns when the broker has the message on disk and at least one queue takes it.</summary>
    /// <exception cref="BrokerAwayException">Not confirmed in time. The message may arrive all the same.</exception>
    public async Task Publish<TMessage>(TMessage message, CancellationToken cancellationToken)
        where TMessage : class
    {
        try
        {
            // The client's token stays outside: cancelling a publish makes MassTransit drop the channel.
            await bus.Publish(message, publish => publish.Mandatory = true, CancellationToken.None)
                .WaitAsync(PublishDeadline, cancellationToken);
        }
        catch (Exception failure) when (IsAway(failure))
        {
            throw new BrokerAwayException($"{typeof(TMessage).Name} was not confirmed.", failure);
        }
    }

    /// <summary>
    /// Asks the service that owns the answer. Never on the path that accepts a post or reads a warm timeline.
    /// </summary>
    /// <exception cref="BrokerAwayException">No answer in time, or the other side failed.</exception>
    public async Task<TAnswer> Ask<TQuestion, TAnswer>(TQuestion question, CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        try
        {
            var response = await _questions.CreateRequestClient<TQuestion>(AnswerDeadline)
                .GetResponse<TAnswer>(question, cancellationToken)
                .WaitAsync(AnswerDeadline, cancellationToken);
            return response.Message;
        }
        catch (Exception failure) when (IsAway(failure))
        {
            throw new BrokerAwayException($"{typeof(TQuestion).Name} was not answered.", failure);
        }
    }

    private static bool IsAway(Exception failure) => failure is TimeoutException
        or RequestTimeoutException
        or RequestFaultException
        or MassTransitException
        or MassTransit.PublishException
        or RabbitMQ.Client.Exceptions.PublishException
        or OperationInterruptedException
        or AlreadyClosedException
        or BrokerUnreachableException;
}
