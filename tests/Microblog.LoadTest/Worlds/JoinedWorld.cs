using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// Makes a world as clients would, where only the origin is known: everybody signs up, follows, and reads an empty
/// timeline. Passwords are hashed and every follow is a request, so this is for thousands of people, not for more. The
/// origin's limits for sign-ups and follows must allow it.
/// </summary>
public sealed class JoinedWorld(Api api, Progress progress)
{
    private const int SignUpsAtOnce = 4;
    private const int RequestsAtOnce = 16;
    private const string Scopes = "read write follow";

    private readonly string _run = RandomNumberGenerator.GetHexString(6, lowercase: true);

    public async Task<World> Make(WorldSpec spec, FollowGraph graph, CancellationToken cancellationToken)
    {
        var app = await Register(cancellationToken);
        var people = new Person[graph.PeopleCount];
        var done = 0;
        await Each(people.Length, SignUpsAtOnce, async i =>
        {
            people[i] = await SignUp(app, i, cancellationToken);
            progress.Say("sign-ups", Interlocked.Increment(ref done), people.Length);
        }, cancellationToken);
        Array.Sort(people, (one, other) => one.Id.CompareTo(other.Id));

        done = 0;
        await Each(people.Length, RequestsAtOnce, async followee =>
        {
            foreach (var follower in graph.Arrivals(followee))
            {
                await api.Need(
                    HttpMethod.Post,
                    $"/api/v1/accounts/{people[followee].Id}/follow",
                    people[follower].Token,
                    body: null,
                    cancellationToken);
                progress.Say("follows", Interlocked.Increment(ref done), graph.FollowsCount);
            }
        }, cancellationToken);

        done = 0;
        await Each(people.Length, RequestsAtOnce, async reader =>
        {
            await api.Need(
                HttpMethod.Get, "/api/v1/timelines/home?limit=1", people[reader].Token, body: null, cancellationToken);
            progress.Say("first reads", Interlocked.Increment(ref done), people.Length);
        }, cancellationToken);
        return new(spec, people, graph);
    }

    private static Task Each(int count, int atOnce, Func<int, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (i, _) => await work(i));

    private async Task<string> Register(CancellationToken cancellationToken)
    {
        var app = await api.Need(HttpMethod.Post, "/api/v1/apps", token: null, new JsonObject
        {
            ["client_name"] = "load",
            ["redirect_uris"] = "urn:ietf:wg:oauth:2.0:oob",
            ["scopes"] = Scopes,
        }, cancellationToken);
        var token = await api.Need(HttpMethod.Post, "/oauth/token", token: null, new JsonObject
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = (string)app["client_id"]!,
            ["client_secret"] = (string)app["client_secret"]!,
            ["scope"] = Scopes,
        }, cancellationToken);
        return (string)token["access_token"]!;
    }

    private async Task<Person> SignUp(string app, int number, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"load_{_run}_{number}");
        var granted = await api.Need(HttpMethod.Post, "/api/v1/accounts", app, new JsonObject
        {
            ["username"] = name,
            ["email"] = name + "@load.example",
            ["password"] = RandomNumberGenerator.GetHexString(20),
            ["agreement"] = true,
            ["locale"] = "en",
        }, cancellationToken);
        var token = (string)granted["access_token"]!;
        var account = await api.Need(
            HttpMethod.Get, "/api/v1/accounts/verify_credentials", token, body: null, cancellationToken);
        return new(long.Parse((string)account["id"]!, CultureInfo.InvariantCulture), name, token);
    }
}
