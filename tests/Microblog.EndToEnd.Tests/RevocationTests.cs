using System.Diagnostics;
using System.Net;

namespace Microblog.EndToEnd.Tests;

[Collection(nameof(Alone))]
public sealed class RevocationTests
{
    private const string Home = "/api/v1/timelines/home";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_revoked_token_is_refused_by_every_service_within_a_second()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        await Task.WhenAll(Paths(alice).Select(path => Eventually.Is(async () => !await IsRefused(alice, path))));

        (await alice.RevokeToken()).Ok();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Paths(alice).Select(path => Eventually.Is(() => IsRefused(alice, path))));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Second);
    }

    [Fact]
    public async Task A_token_revoked_while_the_broker_is_away_is_refused_also_by_a_service_that_starts_then()
    {
        var system = await RunningSystem.Get();
        var alice = await system.NewPerson("alice");
        await system.Run("infra/fault", "rabbitmq", "pause");
        try
        {
            (await alice.RevokeToken()).Ok();

            await Task.WhenAll(Paths(alice).Select(path => Eventually.Is(() => IsRefused(alice, path))));
            await system.Run("infra/fault", "timeline", "kill");
            await system.Run("infra/fault", "timeline", "start");

            // From its first answer on, which is none of the gateway's 503 any more.
            await Eventually.Is(async () => await StatusOf(alice, Home) != HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(alice, Home));
        }
        finally
        {
            await system.Run("infra/fault", "rabbitmq", "resume");
        }

        // The next test finds a system whose parts have all found each other again.
        var bob = await system.NewPerson("bob");
        var post = await bob.Write("All is well again");
        await Eventually.Is(async () =>
            await bob.Get(Home) is { Status: HttpStatusCode.OK, Json: { } home } && Person.Ids(home).Contains(post));
    }

    // One of each service that accepts tokens.
    private static string[] Paths(Person person) =>
    [
        "/api/v1/accounts/verify_credentials",
        Home,
        $"/api/v1/accounts/relationships?id={person.Id}",
        "/api/v1/media/1",
    ];

    private static async Task<bool> IsRefused(Person person, string path) =>
        await StatusOf(person, path) == HttpStatusCode.Unauthorized;

    private static async Task<HttpStatusCode> StatusOf(Person person, string path) => (await person.Get(path)).Status;
}
