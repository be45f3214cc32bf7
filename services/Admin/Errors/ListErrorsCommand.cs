namespace Microblog.Admin.Errors;

internal static class ListErrorsCommand
{
    private const int ShownMax = 50;

    public static Command Describe() => new(
        "errors list",
        "[QUEUE]",
        "List messages that a service could not handle.",
        """
        Without QUEUE all queues of failed messages: those that a consumer refused (…_error), those that nobody
        consumes (…_skipped), and those delivered too often (microblog.dead-letters). One line for each message: its id,
        when it failed, what it is, and the reason. At most 50 for each queue are shown. Exit status 1 if there are any.
        """,
        [],
        Run);

    private static async Task<int> Run(Call call)
    {
        if (call.Arguments.Names.Count > 1)
            throw new BadUseException("Name one queue, or none.");
        var broker = call.Stores.Broker;
        var names = call.Arguments.Names.Count > 0
            ? call.Arguments.Names
            : [.. (await ErrorQueue.FindFilled(broker, call.CancellationToken)).Select(queue => queue.Name)];

        var total = 0;
        foreach (var name in names)
        {
            await using var queue = await ErrorQueue.Open(broker, name, call.CancellationToken);
            total += queue.Count;
            call.Terminal.Line($"{queue.Name}: {queue.Count}");
            await foreach (var message in queue.Messages(call.CancellationToken).Take(ShownMax))
                call.Terminal.Line($"  {message.Id}  {message.FailedAt}  {message.Type}  {message.Reason}");
            if (queue.Count > ShownMax)
                call.Terminal.Line($"  and {queue.Count - ShownMax} more");
        }

        if (total == 0)
            call.Terminal.Line("No message has failed.");
        return total == 0 ? ExitStatus.Fine : ExitStatus.Failed;
    }
}
