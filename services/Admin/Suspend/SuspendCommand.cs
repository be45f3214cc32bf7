using Microblog.Contracts.Accounts;

namespace Microblog.Admin.Suspend;

internal static class SuspendCommand
{
    public static Command Describe() => new(
        "suspend",
        "NAME…",
        "Keep people out, and show nothing that they wrote.",
        """
        Every token of the person ends, and is refused by all services within a second; log-in is refused as if the
        password were wrong. No timeline, thread, search or page shows the person's posts, nor boosts of them. The
        profile, relations and counters stay as they are, and everything is there again after `unsuspend`.

        Not ended are sessions of browsers, which open nothing but pages to log in with; and a page of a timeline may be
        shorter than it was asked for. A log-in that is under way just now may leave a token: doing it again ends it.

        Accounts must run.
        """,
        [],
        call => Suspensions.Run(call, Suspend));

    private static async Task<string> Suspend(Call call, string name, long accountId)
    {
        var answer = await call.Stores.Owners.Ask<SuspendAccount, SuspensionSettled>(
            "Accounts", new(accountId), call.CancellationToken);
        return $"{name} is suspended; {answer.EndedTokenCount} tokens were ended.";
    }
}
