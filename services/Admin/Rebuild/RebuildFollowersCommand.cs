using Microblog.Admin.Storage;
using Microblog.Contracts.FollowGraph;

namespace Microblog.Admin.Rebuild;

internal static class RebuildFollowersCommand
{
    // As long as FollowGraph keeps the pages of somebody who posts nothing.
    private const string RecentAuthorsSql =
        """
        SELECT author_id
          FROM posts.authors
         WHERE last_post_on >= CURRENT_DATE - 7 AND author_id > $1
         ORDER BY author_id
         LIMIT $2
        """;

    private const int PageSize = 1_000;

    public static Command Describe() => new(
        "rebuild followers",
        "NAME… | --all",
        "Write anew which followers are at hand without Postgres.",
        """
        FollowGraph keeps the followers of those who posted lately in Redis, so that their posts are delivered while
        Postgres is away. It drops these pages and writes them again from Postgres.

          --all  everybody who posted in the last seven days

        FollowGraph must run. Somebody with more than 50,000 followers has none at hand: his posts wait for Postgres.
        """,
        ["--all"],
        Run);

    private static async Task<int> Run(Call call)
    {
        if (call.Arguments.NamesOrAll() is { } names)
        {
            foreach (var name in names)
                await RebuildOne(call, name);
            return ExitStatus.Fine;
        }

        var count = await Rebuilds.Run(
            call,
            "authors",
            call.Stores.Database.Ids(RecentAuthorsSql, PageSize, call.CancellationToken),
            (authorId, cancellationToken) => Ask(call, authorId, cancellationToken));
        call.Terminal.Line($"The followers of {count} authors were read anew.");
        return ExitStatus.Fine;
    }

    private static async Task RebuildOne(Call call, string name)
    {
        var authorId = await new People(call.Stores.Database).Find(name, call.CancellationToken);
        var rebuilt = await Ask(call, authorId, call.CancellationToken);
        call.Terminal.Line(rebuilt.AreAtHand
            ? $"The {rebuilt.FollowerCount} followers of {name} are at hand."
            : $"{name} has too many followers to keep them at hand.");
    }

    private static Task<FollowersRebuilt> Ask(Call call, long authorId, CancellationToken cancellationToken) =>
        call.Stores.Owners.Ask<RebuildFollowers, FollowersRebuilt>("FollowGraph", new(authorId), cancellationToken);
}
