using System.Net;

namespace Microblog.Ingest.Tests;

public class RateLimitTests(RateLimitTests.RunningWithLimits ingest) : IClassFixture<RateLimitTests.RunningWithLimits>
{
    [Fact]
    public async Task Who_posts_too_much_must_wait()
    {
        var author = await ingest.NewPerson();
        await author.Post("one");
        await author.Post("two");

        using var refused = await author.TryPost(new { status = "three" });

        await Refused.With(HttpStatusCode.TooManyRequests, "Too many requests", refused);
        Assert.Equal("0", refused.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task Who_deletes_too_much_must_wait()
    {
        var author = await ingest.NewPerson();
        var id = (await author.Post("one")).GetProperty("id").GetString()!;
        await Person.Ok(author.TryDelete(id));

        using var refused = await author.TryDelete(id);

        await Refused.With(HttpStatusCode.TooManyRequests, "Too many requests", refused);
    }

    public sealed class RunningWithLimits : RunningIngest
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["RateLimits:Person:Posts:Permits"] = "2",
            ["RateLimits:Person:Deletes:Permits"] = "1",
        };
    }
}
