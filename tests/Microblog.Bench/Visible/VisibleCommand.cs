using System.Globalization;

namespace Microblog.Bench.Visible;

/// <summary>The command <c>visible</c>: one figure of a system that somebody else started.</summary>
internal static class VisibleCommand
{
    public const string Usage =
        """
        Usage: dotnet run -c Release --project tests/Microblog.Bench -- visible [ORIGIN [FOLLOWERS [POSTS]]]

        Measures a system that ./infra/up started: the time from the answer to a POST until the post can be read in
        the home timeline of the last of the author's followers. ORIGIN is http://127.0.0.1:8080, FOLLOWERS 500 and
        POSTS 200 unless given. Signing up 500 people takes about a minute: each password is hashed.
        """;

    public static async Task<int> Run(string[] options)
    {
        if (options.Any(option => option.StartsWith('-')))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var origin = new Uri(options.ElementAtOrDefault(0) ?? "http://127.0.0.1:8080");
        var followers = int.Parse(options.ElementAtOrDefault(1) ?? "500", CultureInfo.InvariantCulture);
        var posts = int.Parse(options.ElementAtOrDefault(2) ?? "200", CultureInfo.InvariantCulture);
        using var client = new Client(origin);
        await PostToVisible.Measure(client, followers, posts);
        return 0;
    }
}
