using Microblog.LoadTest.Worlds;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microblog.LoadTest.Tests.Worlds;

public sealed class TokenMintTests : IDisposable
{
    private readonly DirectoryInfo _keyRing = Directory.CreateTempSubdirectory("microblog-keys-");

    public void Dispose() => _keyRing.Delete(recursive: true);

    [Fact]
    public void A_minted_token_is_read_as_one_that_Accounts_issued()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var services = Services();
        services.GetRequiredService<IKeyManager>().CreateNewKey(now.AddHours(-1), now.AddDays(1));
        using var mint = new TokenMint(_keyRing.FullName, TimeProvider.System);

        var token = mint.Issue(accountId: 7, "alice");

        var caller = new AccessTokens(
            services.GetRequiredService<IDataProtectionProvider>(),
            Options.Create(new ClientApiOptions { KeyRing = _keyRing.FullName })).Read(token, now);
        Assert.NotNull(caller);
        Assert.Equal((7, "alice", Tiers.Operator), (caller.AccountId, caller.Username, caller.Tier));
        Assert.True(caller.May("write:statuses"));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("microblog").PersistKeysToFileSystem(_keyRing);
        return services.BuildServiceProvider();
    }
}
