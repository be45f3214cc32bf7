namespace Microblog.ServiceDefaults.BackPressure;

/// <summary>
/// Tells a queue that gets more than its consumers can bear from one that had to wait for them. After an outage a queue
/// is long and gets shorter: nobody must be refused for that.
/// </summary>
/// <param name="messagesMax">Up to here nothing is amiss.</param>
internal sealed class Backlog(long messagesMax)
{
    /// <summary>Looks over which a queue must have grown.</summary>
    public const int Looks = 5;

    private readonly Queue<long> _counts = new(Looks);

    private long _messages;

    public bool IsBehind { get; private set; }

    /// <summary>As of the last look.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>The state of the queue, as of now; to be told at regular intervals.</summary>
    /// <param name="isConsumed">Somebody takes messages out, or would if there were any.</param>
    public void Seen(long messages, bool isConsumed)
    {
        Volatile.Write(ref _messages, messages);
        if (!isConsumed)
        {
            Forget();
            return;
        }

        var hasGrown = _counts.Count == Looks && messages >= _counts.Dequeue();
        _counts.Enqueue(messages);
        IsBehind = messages > messagesMax && (IsBehind || hasGrown);
    }

    /// <summary>Nobody can say, or the queue waits for something that is away.</summary>
    public void Forget()
    {
        _counts.Clear();
        IsBehind = false;
    }
}
