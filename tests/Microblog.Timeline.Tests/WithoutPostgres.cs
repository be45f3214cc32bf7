namespace Microblog.Timeline.Tests;

/// <summary>A service of its own whose database cannot be reached.</summary>
public sealed class WithoutPostgres : IAsyncLifetime
{
    public RunningTimeline Timeline { get; private set; } = null!;

    public async Task InitializeAsync() => Timeline = await RunningTimeline.Start(hasPostgres: false);

    public Task DisposeAsync() => Timeline.Stop();
}
