using Microblog.Admin.Check;

namespace Microblog.Admin.Recount;

internal static class RecountCommand
{
    public static Command Describe() => new(
        "recount",
        "",
        "Count followers, posts, replies, boosts and favourites anew.",
        """
        Counts the rows in Postgres and corrects the counters beside them, page by page, while the services go on:
        what somebody changes meanwhile waits for a page and is added to it. Copies in Redis of what was wrong are
        dropped and written again when they are needed.
        """,
        [],
        Run);

    private static async Task<int> Run(Call call)
    {
        var (database, redis) = (call.Stores.Database, call.Stores.Redis);
        var people = new FollowCounters(database, redis);
        var authors = new AuthorCounters(database, redis);
        var posts = new PostCounters(database, redis);
        await Recount(call, people, people.Recount);
        await Recount(call, authors, authors.Recount);
        await Recount(call, posts, posts.Recount);
        return ExitStatus.Fine;
    }

    // Only what is wrong is locked: to look first costs nobody anything.
    private static async Task Recount(
        Call call,
        IComparison counters,
        Func<long[], CancellationToken, Task<int>> recount)
    {
        using var progress = call.Terminal.Progress(counters.Title);
        var corrected = 0;
        await foreach (var page in counters.Subjects(call.CancellationToken))
        {
            var wrong = await counters.Compare(page, call.CancellationToken);
            if (wrong.Count > 0)
                corrected += await recount(
                    Ids.Of(wrong.Select(difference => difference.Subject)), call.CancellationToken);
            progress.Advance(page.Count);
        }

        call.Terminal.Line($"{counters.Title}: {progress.Count} looked at, {corrected} corrected.");
    }
}
