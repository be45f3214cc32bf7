using Microblog.Bench.Systems;

namespace Microblog.Bench.Peers;

/// <summary>A virtual host of its own on the system's broker, where messages cross nobody.</summary>
public sealed class BrokerRoom : IAsyncDisposable
{
    private const string Name = "bench";

    private readonly BenchSystem _system;

    private BrokerRoom(BenchSystem system, Uri address)
    {
        _system = system;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<BrokerRoom> Open(BenchSystem system)
    {
        await system.Servers("virtual-host", "add", Name);
        return new(system, new(new Uri(system.Engines.RabbitMq!), Name));
    }

    public async ValueTask DisposeAsync() => await _system.Servers("virtual-host", "delete", Name);
}
