using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class KeyRingTests
{
    [Fact]
    public async Task A_service_refuses_to_start_without_a_key_and_says_what_to_do()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"microblog-no-keys-{RunningClientApi.NewId()}");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunningClientApi.Start(_ => { }, new() { ["Microblog:KeyRing"] = folder }));

        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'migrate'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFiles(folder) : []);
    }

    [Fact]
    public async Task Services_that_share_the_folder_accept_each_others_tokens()
    {
        var settings = NewFolder();
        await using var accounts = await Start(settings);
        await using var timeline = await RunningClientApi.Start(_ => { }, settings);

        Assert.Equal("alice", Verify(accounts.Token(), timeline)?.Username);
    }

    [Fact]
    public async Task Creating_the_key_ring_again_changes_nothing_and_only_its_owner_may_read_it()
    {
        var settings = NewFolder();
        await using var accounts = await Start(settings);
        var folder = settings["Microblog:KeyRing"]!;

        accounts.Services.GetRequiredService<KeyRing>().Create();

        Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(folder).UnixFileMode);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Only_the_service_that_issues_tokens_renews_a_key_that_ends(bool isIssuing, int expectedKeyCount)
    {
        var settings = NewFolder();
        var now = TimeProvider.System.GetUtcNow();
        await using var migrated = await RunningClientApi.Start(_ => { }, settings, configure: builder =>
            builder.Services.AddHostedService(services => new KeyRingOfItsOwn(() =>
                services.GetRequiredService<IKeyManager>().CreateNewKey(now.AddDays(-89), now.AddDays(1)))));

        await using var api = await RunningClientApi.Start(_ => { }, settings, configure: builder =>
        {
            if (isIssuing)
                builder.AddKeyRenewal();
        });

        var keys = new DirectoryInfo(settings["Microblog:KeyRing"]!).GetFiles("key-*");
        Assert.Equal(expectedKeyCount, keys.Length);
        Assert.Equal("alice", Verify(migrated.Token(), api)?.Username);
    }

    private static Task<RunningClientApi> Start(Dictionary<string, string?> settings) => RunningClientApi.Start(
        _ => { },
        settings,
        configure: builder => builder.Services.AddHostedService(services =>
            new KeyRingOfItsOwn(services.GetRequiredService<KeyRing>().Create)));

    private static Caller? Verify(string token, RunningClientApi api) =>
        api.Services.GetRequiredService<AccessTokens>().Read(token, TimeProvider.System.GetUtcNow());

    private static Dictionary<string, string?> NewFolder() => new()
    {
        ["Microblog:KeyRing"] = Path.Combine(
            Directory.CreateTempSubdirectory("microblog-keys-").FullName,
            "ring"),
    };
}
