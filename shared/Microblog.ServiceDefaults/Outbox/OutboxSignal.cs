using System.Threading.Channels;

namespace Microblog.ServiceDefaults.Outbox;

/// <summary>Wakes the relay as soon as something was committed, so that it need not poll often.</summary>
public sealed class OutboxSignal
{
    // A second signal before the first was taken says nothing new: the relay takes everything there is.
    private readonly Channel<bool> _committed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(capacity: 1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Call after the commit. Forgetting it delays the message by <see cref="OutboxRelay{TContext}.PollEvery"/>.
    /// </summary>
    public void Committed() => _committed.Writer.TryWrite(true);

    internal async Task Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        try
        {
            // Cancelled, not abandoned: a read left behind would take the next signal from the one who waits for it.
            await _committed.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look at the table without a signal.
        }
    }
}
