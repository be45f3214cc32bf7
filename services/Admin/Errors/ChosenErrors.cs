namespace Microblog.Admin.Errors;

/// <summary>Does something to the messages of a queue that were chosen by their ids, or to all.</summary>
internal static class ChosenErrors
{
    /// <param name="done">What happened to them, for the last line.</param>
    public static async Task<int> Run(Call call, string done, Func<ErrorQueue, FailedMessage, Task> act)
    {
        if (call.Arguments.Names.Count == 0)
            throw new BadUseException("Name a queue.");
        var wanted = call.Arguments.NamesOrAll(skip: 1)?.ToHashSet();
        await using var queue = await ErrorQueue.Open(
            call.Stores.Broker, call.Arguments.Names[0], call.CancellationToken);
        using var progress = call.Terminal.Progress("messages", queue.Count);
        await foreach (var message in queue.Messages(call.CancellationToken))
        {
            if (wanted is not null && !wanted.Remove(message.Id))
                continue;
            await act(queue, message);
            progress.Advance();
            if (wanted is { Count: 0 })
                break;
        }

        call.Terminal.Line($"{progress.Count} messages of {queue.Name} were {done}.");
        return wanted is null or { Count: 0 }
            ? ExitStatus.Fine
            : throw new FailureException($"{queue.Name} has no message {string.Join(", ", wanted)}.");
    }
}
