using System.Collections.Concurrent;
using MassTransit;

namespace Microblog.TestServers;

/// <summary>Knows when the service has handled a message: a fact to wait for.</summary>
public sealed class Receipts : IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _handled = [];

    /// <summary>Completes when the message is handled, and fails as the handler did.</summary>
    public Task Of(Guid messageId) => Source(messageId).Task;

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        Source(context.GetMessageId() ?? Guid.Empty).TrySetResult();
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        Source(context.MessageId ?? Guid.Empty).TrySetException(exception);
        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        Source(context.GetMessageId() ?? Guid.Empty).TrySetException(exception);
        return Task.CompletedTask;
    }

    private TaskCompletionSource Source(Guid messageId) => _handled.GetOrAdd(
        messageId,
        _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
