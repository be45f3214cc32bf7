using Microblog.Admin.Storage;

namespace Microblog.Admin.Check;

/// <summary>The queues of the topology: there, bound, and consumed from.</summary>
internal sealed class Queues(Broker broker, Topology topology, string? bindingsFile) : IComparison
{
    // A binding as rabbitmqctl prints it, or as it was made here since.
    private readonly HashSet<(string Source, string RoutingKey, string Destination)> _bindings =
        bindingsFile is null ? [] : [.. File.ReadLines(bindingsFile).Select(line => line.Split('\t'))
            .Where(columns => columns.Length >= 3)
            .Select(columns => (columns[0], columns[1], columns[2]))];

    public string Title => "Queues";

    public string? Remark => bindingsFile is null ? "bindings cannot be seen over AMQP" : null;

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        new[] { topology.Queues }.ToAsyncEnumerable();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        foreach (var queue in subjects)
        {
            var found = await broker.Find(queue, cancellationToken);
            if (found is null)
                differences.Add(new(queue, $"{queue} does not exist"));
            else if (found.ConsumerCount == 0)
                differences.Add(new(queue, $"nobody consumes from {queue}"));
            if (found is not null && bindingsFile is not null)
                differences.AddRange(Missing(queue).Select(binding => new Difference(
                    queue, $"{queue} is not bound to {binding.Exchange} with {binding.RoutingKey}")));
        }

        return differences;
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        // What declares queues is the argument migrate of their service.
        if (bindingsFile is null || await broker.Find(subject, cancellationToken) is null)
            return null;
        var missing = Missing(subject).ToArray();
        foreach (var binding in missing)
        {
            await broker.Bind(binding, cancellationToken);
            _bindings.Add((binding.Exchange, binding.RoutingKey, binding.Queue));
            _bindings.Add((binding.Queue, "", binding.Queue));
        }

        return missing.Length == 0 ? null : $"{subject} is bound again; what was published meanwhile did not reach it.";
    }

    // A message goes from its exchange to the one that has the queue's name, and from there into the queue.
    private IEnumerable<Topology.Binding> Missing(string queue) => topology.Bindings.Where(binding =>
        binding.Queue == queue
        && !(_bindings.Contains((binding.Exchange, binding.RoutingKey, queue))
            && _bindings.Contains((queue, "", queue))));
}
