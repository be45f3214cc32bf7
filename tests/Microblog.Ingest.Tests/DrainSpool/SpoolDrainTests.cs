using System.Diagnostics;
using System.Text;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Tests.Outages;
using StackExchange.Redis;

namespace Microblog.Ingest.Tests.DrainSpool;

[Collection(Harmed.Name)]
public class SpoolDrainTests(RunningOnOwnServers ingest) : IAsyncLifetime
{
    private static readonly RedisKey Lease = "spool-drainer";

    public Task InitializeAsync() => ingest.IsWell();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_drainer_killed_between_confirm_and_removal_leaves_the_same_message_twice()
    {
        await LeaseIsAnothers(TimeSpan.FromSeconds(3));
        var post = APost.By(RunningIngest.NewId());
        Assert.True(await ingest.Spool.TryAdd(new PostsCreated([post])));

        // As far as the other one came; its lease runs out.
        await ingest.Publisher.Publish(new PostsCreated([post]), CancellationToken.None);
        Assert.Equal(1, await ingest.Spool.Length());

        await ingest.IsWell();
        await RunningOnOwnServers.Until(() => Task.FromResult(Heard(post.PostId).Count == 2));
        Assert.All(Heard(post.PostId), heard => Assert.Equal(post.Text, heard.Text));
    }

    [Fact]
    public async Task Nobody_else_drains_while_one_does()
    {
        await LeaseIsAnothers(TimeSpan.FromMinutes(1));
        var post = APost.By(RunningIngest.NewId());
        Assert.True(await ingest.Spool.TryAdd(new PostsCreated([post])));

        // Three looks of the drainer.
        await Task.Delay(TimeSpan.FromSeconds(3));

        Assert.Equal(1, await ingest.Spool.Length());
        await ingest.Redis.Run(database => database.KeyDeleteAsync(Lease));
        await ingest.IsWell();
        await RunningOnOwnServers.Until(() => Task.FromResult(Heard(post.PostId).Count > 0));
        Assert.Single(Heard(post.PostId));
    }

    [Fact]
    public async Task What_nobody_can_read_does_not_hold_up_the_rest()
    {
        var post = APost.By(RunningIngest.NewId());
        await ingest.Redis.Run(async database =>
        {
            foreach (var (type, body) in new[] { ("No.Such.Contract", "{}"), (typeof(PostsCreated).FullName, "{") })
                await database.ExecuteAsync(
                    "XADD", (RedisKey)"spool", "*", "type", type!, "body", Encoding.UTF8.GetBytes(body), "trace", "");
            return true;
        });
        Assert.True(await ingest.Spool.TryAdd(new PostsCreated([post])));

        await ingest.IsWell();

        await ingest.Heard.First<PostCreated>(heard => heard.PostId == post.PostId);
        var aside = await ingest.Redis.Run(database =>
            database.ExecuteAsync("XLEN", (RedisKey)"spool-unreadable"));
        Assert.Equal(2, (long)aside);
    }

    [Fact]
    public async Task A_spooled_write_goes_on_in_the_trace_in_which_it_was_made()
    {
        await LeaseIsAnothers(TimeSpan.FromMinutes(1));
        using var request = new Activity("request").Start();
        Assert.True(await ingest.Spool.TryAdd(new PostsCreated([APost.By(RunningIngest.NewId())])));

        var spooled = Assert.Single(await ingest.Spool.First(writesMax: 10));

        Assert.Equal(request.Id, spooled.TraceParent);
        await ingest.Redis.Run(database => database.KeyDeleteAsync(Lease));
    }

    // The service's own lease may have three seconds to run before it asks again.
    private async Task LeaseIsAnothers(TimeSpan lifetime)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        await ingest.Redis.Run(database => database.StringSetAsync(Lease, "another", lifetime));
    }

    private IReadOnlyList<PostCreated> Heard(long postId) =>
        ingest.Heard.All<PostCreated>(post => post.PostId == postId);
}
