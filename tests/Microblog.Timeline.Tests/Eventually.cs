using System.Diagnostics;

namespace Microblog.Timeline.Tests;

/// <summary>Waits on a fact.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task Is(Func<Task<bool>> fact)
    {
        var watch = Stopwatch.StartNew();
        while (!await fact())
        {
            Assert.True(watch.Elapsed < Deadline, $"It was not so after {Deadline}.");
            await Task.Delay(Pause);
        }
    }
}
