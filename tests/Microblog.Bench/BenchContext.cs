using Microblog.Bench.Systems;
using Microblog.LoadTest;

namespace Microblog.Bench;

/// <summary>What goals measure with. One system runs at a time; it is stopped and wiped at the end.</summary>
public sealed class BenchContext(BenchSettings settings, Progress progress) : IAsyncDisposable
{
    private BenchSystem? _system;

    public Blocks Blocks { get; } = new(settings.Rounds, settings.BlockLength, progress);

    public Progress Progress => progress;

    /// <summary>The system that goals share: started by the first that needs it.</summary>
    public async Task<BenchSystem> System(CancellationToken cancellationToken) =>
        _system ??= await BenchSystem.Start(new Dictionary<string, string>(), progress, cancellationToken);

    /// <summary>
    /// A system without anything in it, for a goal that breaks something or needs a world of its own. What ran before
    /// is gone.
    /// </summary>
    /// <param name="settings">Of the services, where they are not those of production.</param>
    public async Task<BenchSystem> FreshSystem(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        return _system = await BenchSystem.Start(settings, progress, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is null)
            return;
        var system = _system;
        _system = null;
        await system.DisposeAsync();
    }
}
