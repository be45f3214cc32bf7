using System.Collections.Concurrent;
using System.Diagnostics;

namespace Microblog.Ingest.Tests;

/// <summary>The messages that queues bound to the exchanges received, in order for each type.</summary>
public sealed class Heard
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<object> _messages = [];

    public void Add(object message) => _messages.Enqueue(message);

    public IReadOnlyList<TMessage> All<TMessage>(Func<TMessage, bool> which) =>
        [.. _messages.OfType<TMessage>().Where(which)];

    /// <summary>The first such message; waits until it is there.</summary>
    public async Task<TMessage> First<TMessage>(Func<TMessage, bool> which)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Deadline)
        {
            if (All(which) is [var message, ..])
                return message;
            await Task.Delay(Pause);
        }

        throw new TimeoutException($"No such {typeof(TMessage).Name} was heard within {Deadline}.");
    }
}
