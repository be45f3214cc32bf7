using Microblog.Admin.Storage;

namespace Microblog.Admin.Check;

internal static class CheckCommand
{
    private const int WaitSeconds = 10;
    private const int WaitSecondsMax = 3_600;
    private const int Shown = 20;
    private const int ShownMax = 1_000_000;

    public static Command Describe() => new(
        "check",
        "[--repair] [--wait SECONDS] [--show N]",
        "Compare Postgres, Redis and the broker, and print what differs.",
        """
        Compares, without the help of the services, which may go on meanwhile or not run at all:
          - every queue exists, is bound (where rabbitmqctl can be asked), and is consumed from;
          - no message has failed, and nothing waits for long: queues, spool, outboxes, notes of what Redis missed;
          - home timelines and authors' lists in Redis hold every post that belongs there from where they begin, and
            none of somebody who is not followed. A home timeline may hold more that every read leaves out: what was
            deleted, hidden boosts, replies to strangers, the last posts of somebody unfollowed;
          - followers at hand, relations, profiles, names, counters, deleted posts and revoked tokens in Redis are those
            of Postgres; what is not in Redis is no difference, because it comes back when it is needed;
          - counters in Postgres are those of the rows they count.
        Notifications, marks and rate limits are not compared.

          --repair        mends what it can and says how: a copy in Redis that is wrong is dropped, and its owner writes
                          it again when it is needed; counters are counted anew; bindings are made again
          --wait SECONDS  a difference counts when it is still there after so long (10): what is under way is none
          --show N        lines for each kind of difference (20)

        Exit status 1 if differences remain.
        """,
        ["--repair", "--wait=", "--show="],
        Run);

    private static async Task<int> Run(Call call)
    {
        var wait = TimeSpan.FromSeconds(call.Arguments.Number("--wait", WaitSeconds, WaitSecondsMax));
        var shown = call.Arguments.Number("--show", Shown, ShownMax);
        if (call.Arguments.Names.Count > 0)
            throw new BadUseException("check takes no names.");

        var comparer = new Comparer(Comparisons.Of(call.Stores), wait, call.Terminal);
        var differences = await comparer.Find(call.CancellationToken);
        var names = await new People(call.Stores.Database).Names(
            differences.Values.SelectMany(found => found).Select(found => found.AccountId).OfType<long>(),
            call.CancellationToken);
        foreach (var (comparison, found) in differences)
            Print(call.Terminal, comparison, found, names, shown);

        var count = differences.Values.Sum(found => found.Count);
        call.Terminal.Line();
        call.Terminal.Line(count == 0 ? "No differences." : $"{Some(count)}.");
        if (count > 0 && call.Arguments.Has("--repair"))
            count = await Repair(call, comparer, differences);
        return count == 0 ? ExitStatus.Fine : ExitStatus.Failed;
    }

    private static async Task<int> Repair(
        Call call,
        Comparer comparer,
        IReadOnlyDictionary<IComparison, IReadOnlyList<Difference>> differences)
    {
        foreach (var (comparison, found) in differences)
        {
            foreach (var subject in found.Select(difference => difference.Subject).Distinct())
                call.Terminal.Line(await comparison.Repair(subject, call.CancellationToken)
                    ?? $"{comparison.Title}: {subject} is not for this tool to mend.");
        }

        var left = await comparer.Recheck(differences, call.CancellationToken);
        var count = left.Values.Sum(found => found.Count);
        call.Terminal.Line(count == 0 ? "All differences were repaired." : $"Still {Some(count)}.");
        return count;
    }

    private static void Print(
        Terminal terminal,
        IComparison comparison,
        IReadOnlyList<Difference> found,
        IReadOnlyDictionary<long, string> names,
        int shown)
    {
        var verdict = found.Count == 0 ? "as it should be" : Some(found.Count);
        var remark = comparison.Remark is { } text ? $" ({text})" : "";
        terminal.Line($"{comparison.Title,-28} {verdict}{remark}");
        foreach (var difference in found.Take(shown))
            terminal.Line($"  {Whose(difference, names)}{difference.Text}");
        if (found.Count > shown)
            terminal.Line($"  and {found.Count - shown} more");
    }

    private static string Some(int count) => count == 1 ? "1 difference" : $"{count} differences";

    private static string Whose(Difference difference, IReadOnlyDictionary<long, string> names) =>
        difference.AccountId is not { } id ? "" : names.TryGetValue(id, out var name) ? $"{name} ({id}): " : $"{id}: ";
}
