namespace Microblog.Admin.Storage;

/// <summary>
/// What the broker should have: <c>infra/rabbitmq/topology.txt</c> of the version this was built from.
/// </summary>
internal sealed record Topology(IReadOnlyList<Topology.Binding> Bindings)
{
    /// <summary>Where messages end that were delivered too often.</summary>
    public const string DeadLetters = "microblog.dead-letters";

    private static readonly string[] Suffixes = ["_error", "_skipped"];

    /// <summary>The queues that live as long as the broker; those of one process come and go.</summary>
    public IReadOnlyList<string> Queues { get; } = [.. Bindings.Select(binding => binding.Queue).Distinct()];

    /// <summary>Where messages are that a service could not handle. A queue exists once it was needed.</summary>
    public IReadOnlyList<string> FailureQueues =>
        [.. from queue in Queues from suffix in Suffixes select queue + suffix, DeadLetters];

    public static Topology Read()
    {
        using var resource = typeof(Topology).Assembly.GetManifestResourceStream("topology.txt")
            ?? throw new InvalidOperationException("The topology is not part of this assembly.");
        using var text = new StreamReader(resource);
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new([.. lines.Select(line => line.Split(' ')).Where(IsShared).Select(Parse)]);
    }

    /// <summary>The queue that a failed message came from; null when only the message itself can tell.</summary>
    public static string? InputOf(string failureQueue)
    {
        var suffix = Suffixes.FirstOrDefault(end => failureQueue.EndsWith(end, StringComparison.Ordinal));
        return suffix is null ? null : failureQueue[..^suffix.Length];
    }

    private static bool IsShared(string[] words) => words.Length == 4;

    private static Binding Parse(string[] words) => words is [var exchange, var key, "->", var queue]
        ? new(exchange, key, queue)
        : throw new InvalidOperationException($"The topology has a line that says nothing: {string.Join(' ', words)}");

    /// <summary>Messages of this exchange with this routing key belong into this queue.</summary>
    internal sealed record Binding(string Exchange, string RoutingKey, string Queue);
}
