using System.Collections.Concurrent;
using MassTransit;

namespace Microblog.TestServers;

/// <summary>Knows when the service has handled a message: a fact to wait for.</summary>
public sealed class Receipts : IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, Receipt> _expected = [];

    /// <summary>
    /// Completes when so many queues have handled the message, and fails as the first handler that did. To be called
    /// before it is published.
    /// </summary>
    public Task Of(Guid messageId, int queues = 1) => _expected.GetOrAdd(messageId, _ => new(queues)).Handled;

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        Find(context.GetMessageId())?.Add();
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        Find(context.MessageId)?.Fail(exception);
        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        Find(context.GetMessageId())?.Fail(exception);
        return Task.CompletedTask;
    }

    private Receipt? Find(Guid? messageId) => messageId is { } id ? _expected.GetValueOrDefault(id) : null;

    private sealed class Receipt(int queues)
    {
        private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = queues;

        public Task Handled => _handled.Task;

        public void Add()
        {
            if (Interlocked.Decrement(ref _missing) <= 0)
                _handled.TrySetResult();
        }

        public void Fail(Exception exception) => _handled.TrySetException(exception);
    }
}
