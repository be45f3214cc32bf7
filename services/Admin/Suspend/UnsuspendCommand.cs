using Microblog.Contracts.Accounts;

namespace Microblog.Admin.Suspend;

internal static class UnsuspendCommand
{
    public static Command Describe() => new(
        "unsuspend",
        "NAME…",
        "Let people in again, and show what they wrote.",
        """
        They have to log in anew: tokens that were ended stay so. Accounts must run.
        """,
        [],
        call => Suspensions.Run(call, Unsuspend));

    private static async Task<string> Unsuspend(Call call, string name, long accountId)
    {
        await call.Stores.Owners.Ask<UnsuspendAccount, SuspensionSettled>(
            "Accounts", new(accountId), call.CancellationToken);
        return $"{name} may log in again.";
    }
}
