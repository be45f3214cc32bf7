using System.Collections.Concurrent;

namespace Microblog.FollowGraph.Tests;

/// <summary>What a queue bound to an exchange received, in order.</summary>
internal sealed class Heard
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
        using var deadline = new CancellationTokenSource(Deadline);
        while (All(which) is not [_, ..])
            await Task.Delay(Pause, deadline.Token);
        return All(which)[0];
    }
}
