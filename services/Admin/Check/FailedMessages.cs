using Microblog.Admin.Storage;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>Messages that somebody has to look at.</summary>
internal sealed class FailedMessages(Broker broker, RedisGateway redis) : IComparison
{
    private const string Unreadable = "spool-unreadable";

    public string Title => "Failed messages";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        new IReadOnlyList<string>[] { [.. Topology.Read().FailureQueues, Unreadable] }.ToAsyncEnumerable();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        foreach (var subject in subjects)
        {
            var count = subject == Unreadable
                ? (long)await redis.Run(store => store.ExecuteAsync("XLEN", Unreadable))
                : await broker.Ready(subject, cancellationToken);
            if (count > 0)
                differences.Add(new(subject, $"{subject} holds {count}: infra/admin errors list"));
        }

        return differences;
    }

    // Whether to try again or to give up is for a person to say.
    public Task<string?> Repair(string subject, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
