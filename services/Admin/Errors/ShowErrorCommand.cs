using System.Text;

namespace Microblog.Admin.Errors;

internal static class ShowErrorCommand
{
    public static Command Describe() => new(
        "errors show",
        "QUEUE ID…",
        "Show failed messages whole: headers and body.",
        """
        QUEUE and ID as `errors list` prints them; _error may be left out. The body may hold what people wrote.
        """,
        [],
        Run);

    private static async Task<int> Run(Call call)
    {
        if (call.Arguments.Names is not [var name, _, ..])
            throw new BadUseException("Name a queue and at least one message.");
        var wanted = call.Arguments.Names.Skip(1).ToHashSet();
        await using var queue = await ErrorQueue.Open(call.Stores.Broker, name, call.CancellationToken);
        await foreach (var message in queue.Messages(call.CancellationToken))
        {
            if (!wanted.Remove(message.Id))
                continue;
            call.Terminal.Line($"{message.Id} in {queue.Name}");
            foreach (var (header, value) in message.Headers)
                call.Terminal.Line($"  {header}: {value}");
            call.Terminal.Line();
            call.Terminal.Line(Encoding.UTF8.GetString(message.Body.Span));
            if (wanted.Count == 0)
                return ExitStatus.Fine;
        }

        throw new FailureException($"{queue.Name} has no message {string.Join(", ", wanted)}.");
    }
}
