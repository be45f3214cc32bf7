using Microblog.ServiceDefaults.Outbox;

namespace Microblog.ServiceDefaults.Tests.Outbox;

public class OutboxSignalTests
{
    [Fact]
    public async Task A_commit_after_a_quiet_time_wakes_the_relay_at_once()
    {
        var signal = new OutboxSignal();
        await signal.Wait(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        await signal.Wait(TimeSpan.FromMilliseconds(1), CancellationToken.None);

        var waiting = signal.Wait(TimeSpan.FromMinutes(10), CancellationToken.None);
        signal.Committed();

        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_commit_before_the_relay_waits_is_not_lost()
    {
        var signal = new OutboxSignal();
        signal.Committed();
        signal.Committed();

        await signal.Wait(TimeSpan.FromMinutes(10), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
    }
}
