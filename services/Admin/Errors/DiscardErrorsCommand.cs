namespace Microblog.Admin.Errors;

internal static class DiscardErrorsCommand
{
    public static Command Describe() => new(
        "errors discard",
        "QUEUE ID… | QUEUE --all",
        "Delete failed messages for good.",
        """
        What they said is lost, unless it can be known from elsewhere: `infra/admin check` afterwards tells what is
        missing now.
        """,
        ["--all"],
        call => ChosenErrors.Run(
            call, "discarded", (queue, message) => queue.Discard(message, call.CancellationToken)));
}
