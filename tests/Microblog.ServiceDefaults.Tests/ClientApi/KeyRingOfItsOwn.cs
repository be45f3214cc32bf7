using Microsoft.Extensions.Hosting;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>Creates the key ring before any service starts, as <c>migrate</c> does.</summary>
internal sealed class KeyRingOfItsOwn(Action create) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        create();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
