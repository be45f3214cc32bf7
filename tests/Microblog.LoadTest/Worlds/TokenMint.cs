using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// Issues tokens with the services' own keys, as Accounts does, a hundred thousand in seconds. They have no row in
/// Postgres and so cannot be revoked; their tier has the operators' rate limits.
/// </summary>
public sealed class TokenMint : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly AccessTokens _tokens;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _scopes = ["read", "write", "follow"];

    /// <param name="keyRing">Folder of the keys; its owner must be able to read it.</param>
    public TokenMint(string keyRing, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection()
            .SetApplicationName("microblog")
            .DisableAutomaticKeyGeneration()
            .PersistKeysToFileSystem(new(keyRing));
        _services = services.BuildServiceProvider(validateScopes: true);
        _clock = clock;
        _tokens = new(
            _services.GetRequiredService<IDataProtectionProvider>(),
            Options.Create(new ClientApiOptions { KeyRing = keyRing }));
    }

    public string Issue(long accountId, string username) => _tokens.Issue(
        new(accountId, username, TokenId: accountId, ApplicationId: 0, "load", null, _scopes, Tiers.Operator),
        _clock.GetUtcNow());

    public void Dispose() => _services.Dispose();
}
