using Microblog.Admin.Storage;
using Microblog.Contracts.Timeline;

namespace Microblog.Admin.Rebuild;

internal static class RebuildTimelineCommand
{
    public static Command Describe() => new(
        "rebuild timeline",
        "NAME… | --all",
        "Build home timelines anew from Postgres.",
        """
        Timeline drops the list in Redis and builds it again from Postgres, as it does for a reader who has been away.
        Nothing that is delivered meanwhile is lost, and who reads meanwhile sees what is in Postgres.

          --all  every timeline that is in Redis just now; the others are built when they are read anyway

        Timeline must run.
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
            "timelines",
            RedisKeys.Ids(call.Stores.Redis, "home", call.CancellationToken),
            (readerId, cancellationToken) => Ask(call, readerId, cancellationToken));
        call.Terminal.Line($"{count} timelines were built anew.");
        return ExitStatus.Fine;
    }

    private static async Task RebuildOne(Call call, string name)
    {
        var readerId = await new People(call.Stores.Database).Find(name, call.CancellationToken);
        var rebuilt = await Ask(call, readerId, call.CancellationToken);
        call.Terminal.Line(rebuilt.IsFinished
            ? $"The timeline of {name} holds {rebuilt.PostCount} posts."
            : $"The timeline of {name} is read together with Postgres until waiting posts are stored.");
    }

    private static Task<TimelineRebuilt> Ask(Call call, long readerId, CancellationToken cancellationToken) =>
        call.Stores.Owners.Ask<RebuildTimeline, TimelineRebuilt>("Timeline", new(readerId), cancellationToken);
}
