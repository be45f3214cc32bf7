using System.Diagnostics;

namespace Microblog.EndToEnd.Tests;

/// <summary>Waits on facts.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns how long it took until the fact held; fails when it does not by the deadline.</summary>
    public static async Task<TimeSpan> Is(Func<Task<bool>> fact)
    {
        var watch = Stopwatch.StartNew();
        while (!await fact())
        {
            Assert.True(watch.Elapsed < Deadline, $"It was not so after {Deadline}.");
            await Task.Delay(Pause);
        }

        return watch.Elapsed;
    }
}
