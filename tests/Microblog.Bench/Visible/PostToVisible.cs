using System.Diagnostics;
using System.Globalization;

namespace Microblog.Bench.Visible;

/// <summary>
/// From the answer to a POST until the post is in the home timeline of the last follower, in the order in which
/// followers are paged: by account id. Posts go out one at a time, so this is the latency of an idle system; the reader
/// polls over HTTP without a pause, so a reading costs up to one request more than the truth.
/// </summary>
internal static class PostToVisible
{
    private const int SignUpsAtOnce = 2;

    public static async Task Measure(Client client, int followers, int posts)
    {
        var app = await client.Register();
        var author = await client.SignUp(app);
        var last = await SignUpFollowers(client, app, author.Id, followers);
        await client.Send(HttpMethod.Get, "/api/v1/timelines/home", last.Token);

        var milliseconds = new List<double>(posts);
        for (var i = 0; i < posts; i++)
        {
            milliseconds.Add((await PostAndWait(client, author.Token, last.Token, i)).TotalMilliseconds);
            Progress($"post {i + 1} of {posts}");
        }

        milliseconds.Sort();
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"answered POST to visible by the last of {followers} followers, {posts} posts, ms: "
            + $"p50 {At(milliseconds, .5):0.0}  p90 {At(milliseconds, .9):0.0}  "
            + $"p99 {At(milliseconds, .99):0.0}  max {milliseconds[^1]:0.0}"));
    }

    private static async Task<Person> SignUpFollowers(
        Client client,
        string app,
        string authorId,
        int followers)
    {
        var people = new List<Person>(followers);
        var twoAtOnce = new ParallelOptions { MaxDegreeOfParallelism = SignUpsAtOnce };
        await Parallel.ForAsync(0, followers, twoAtOnce, async (_, _) =>
        {
            var person = await client.SignUp(app);
            await client.Send(HttpMethod.Get, "/api/v1/timelines/home", person.Token);
            await client.Send(HttpMethod.Post, $"/api/v1/accounts/{authorId}/follow", person.Token);
            lock (people)
            {
                people.Add(person);
                Progress($"follower {people.Count} of {followers}");
            }
        });
        return people.MaxBy(person => long.Parse(person.Id, CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException("There must be at least one follower.");
    }

    private static async Task<TimeSpan> PostAndWait(Client client, string author, string reader, int number)
    {
        var post = await client.Send(
            HttpMethod.Post, "/api/v1/statuses", author, new { status = $"measured post {number}" });
        var answered = Stopwatch.GetTimestamp();
        var id = (string)post["id"]!;
        while (true)
        {
            var home = await client.Send(HttpMethod.Get, "/api/v1/timelines/home?limit=1", reader);
            if (home.AsArray().Any(status => (string?)status!["id"] == id))
                return Stopwatch.GetElapsedTime(answered);
        }
    }

    private static double At(List<double> sorted, double quantile) =>
        sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(quantile * sorted.Count))];

    private static void Progress(string text)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write($"\r{text}   ");
    }
}
