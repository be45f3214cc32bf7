using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// The keys that protect tokens. Accounts creates them (step <c>migrate</c>); every service refuses to start without.
/// </summary>
public sealed class KeyRing(IKeyManager keys, IOptions<ClientApiOptions> options, TimeProvider clock) : IHostedService
{
    /// <summary>
    /// Makes the folder, for its owner only, and the first key. Done twice it changes nothing. Later keys follow from
    /// the service that issues tokens, before the current one ends; old ones are kept, or old tokens would be lost.
    /// </summary>
    public void Create()
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(options.Value.KeyRing, OwnerOnly);
        }

        if (keys.GetAllKeys().Count > 0)
            return;

        // The activation lies back a little, so that a machine whose clock is behind can use the key at once.
        var now = clock.GetUtcNow();
        keys.CreateNewKey(now.AddHours(-1), now.AddDays(90));
    }

    public Task StartAsync(CancellationToken cancellationToken) => keys.GetAllKeys().Count > 0
        ? Task.CompletedTask
        : throw new InvalidOperationException(
            $"The key ring in '{options.Value.KeyRing}' (Microblog__KeyRing) holds no key. "
            + "Run Accounts with the argument 'migrate' first: it creates one.");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
