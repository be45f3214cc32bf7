using Microblog.TestServers;

namespace Microblog.Outage.Tests;

/// <summary>One system for all faults, which come one at a time.</summary>
public sealed class RunningOutage : IAsyncLifetime
{
    private const int Seed = 7;
    private const double RequestsPerSecond = 20;

    private Run? _run;

    public Run Run => _run ?? throw new InvalidOperationException("It has not been started.");

    public async Task InitializeAsync()
    {
        var journal = Path.Combine(Repository.Root, "artifacts", "outage", "tests.jsonl");
        _run = await Run.Start(new(Seed, RequestsPerSecond, journal));
    }

    public async Task DisposeAsync()
    {
        if (_run is not null)
            await _run.DisposeAsync();
    }
}
