using System.Diagnostics;

namespace Microblog.Accounts.Tests;

/// <summary>Waits for a fact that other threads or servers bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task Is(Func<Task<bool>> fact, TimeSpan? deadline = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await fact())
        {
            if (watch.Elapsed > (deadline ?? Deadline))
                throw new TimeoutException($"Not so within {deadline ?? Deadline}.");
            await Task.Delay(Pause);
        }
    }
}
