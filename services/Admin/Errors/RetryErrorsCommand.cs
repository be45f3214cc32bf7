namespace Microblog.Admin.Errors;

internal static class RetryErrorsCommand
{
    public static Command Describe() => new(
        "errors retry",
        "QUEUE ID… | QUEUE --all",
        "Put failed messages back into the queue they came from.",
        """
        Each goes back as it was, without what was noted when it failed, and leaves the queue of errors only when the
        broker has confirmed it. Handling a message again changes nothing that was done already. One that fails again
        is among the errors again.
        """,
        ["--all"],
        call => ChosenErrors.Run(call, "put back", (queue, message) => queue.Retry(message, call.CancellationToken)));
}
