using System.Globalization;
using System.Security.Cryptography;

namespace Microblog.Outage;

/// <summary>Thirty people who follow each other, made through the client API while nothing is wrong.</summary>
public static class People
{
    public const int Count = 30;

    private const int RequestsAtOnce = 4;
    private const string Scopes = "read write follow";

    // Each follows, and is followed by, as many as there are steps, and no two follow the same ones.
    private static readonly int[] Steps = [1, 2, 3, 5, 8, 13];

    public static async Task<IReadOnlyList<Person>> Join(Client client)
    {
        var app = await client.Need(HttpMethod.Post, "/api/v1/apps", null, new
        {
            client_name = "outage",
            redirect_uris = "urn:ietf:wg:oauth:2.0:oob",
            scopes = Scopes,
        });
        var token = await client.Need(HttpMethod.Post, "/oauth/token", null, new
        {
            grant_type = "client_credentials",
            client_id = (string)app["client_id"]!,
            client_secret = (string)app["client_secret"]!,
            scope = Scopes,
        });

        var people = new Person[Count];
        await InTurns(Count, async i => people[i] = await SignUp(client, (string)token["access_token"]!, $"person{i}"));
        return people;
    }

    public static Task FollowEachOther(
        Client client, IReadOnlyList<Person> people, Following following, TimeProvider clock) =>
        InTurns(people.Count, async i =>
        {
            foreach (var step in Steps)
            {
                var followee = people[(i + step) % people.Count];
                await client.Need(HttpMethod.Post, $"/api/v1/accounts/{followee.Id}/follow", people[i].Token);
                following.End(people[i].Id, followee.Id, follows: true, clock.GetUtcNow());
            }

            // Only a timeline that was read once is written to.
            await client.Need(HttpMethod.Get, "/api/v1/timelines/home", people[i].Token);
        });

    private static async Task<Person> SignUp(Client client, string appToken, string name)
    {
        var person = await client.Need(HttpMethod.Post, "/api/v1/accounts", appToken, new
        {
            username = name,
            email = $"{name}@example.org",
            password = RandomNumberGenerator.GetHexString(20),
            agreement = true,
            locale = "en",
        });
        var token = (string)person["access_token"]!;
        var account = await client.Need(HttpMethod.Get, "/api/v1/accounts/verify_credentials", token);
        return new(name, long.Parse((string)account["id"]!, CultureInfo.InvariantCulture), token);
    }

    private static Task InTurns(int count, Func<int, Task> work) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce }, async (i, _) => await work(i));
}
