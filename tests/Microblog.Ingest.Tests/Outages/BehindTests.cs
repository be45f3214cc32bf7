using System.Net;

namespace Microblog.Ingest.Tests.Outages;

[Collection(Harmed.Name)]
public class BehindTests(RunningOnOwnServers ingest) : IAsyncLifetime
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    public Task InitializeAsync() => ingest.IsWell();

    public Task DisposeAsync() => Say(isBehind: false);

    [Fact]
    public async Task While_somebody_down_the_pipeline_is_behind_new_posts_wait_with_the_client_and_deletions_pass()
    {
        var author = await ingest.NewPerson();
        var unwanted = (await author.Post("sorry")).GetProperty("id").GetString()!;
        await Say(isBehind: true);
        await RunningOnOwnServers.Until(() => IsRefused(author));

        using var refused = await author.TryPost(new { status = "hello" });
        using var deleted = await author.TryDelete(unwanted);

        await Refused.With(
            HttpStatusCode.ServiceUnavailable,
            "There was a temporary problem serving your request, please try again",
            refused);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        await Say(isBehind: false);
        await RunningOnOwnServers.Until(async () => !await IsRefused(author));
    }

    // As a service that is behind says it each second.
    private Task Say(bool isBehind) => ingest.Redis.Run(database => isBehind
        ? database.StringSetAsync("behind", "a-queue", LongEnough)
        : database.KeyDeleteAsync("behind"));

    private static async Task<bool> IsRefused(Person author)
    {
        using var answer = await author.TryPost(new { status = "may I?" });
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
    }
}
