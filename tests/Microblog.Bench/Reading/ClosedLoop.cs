using System.Diagnostics;
using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Reading;

/// <summary>
/// So many clients of whom each asks again when it has been answered: finds out how much can be answered in a second.
/// </summary>
internal sealed class ClosedLoop : IDisposable
{
    /// <summary>Of so many reads one may fail: they are not counted.</summary>
    private const int FailedShare = 100;

    private readonly Uri _origin;
    private readonly IReadOnlyList<KeptConnection> _connections;

    private ClosedLoop(Uri origin, IReadOnlyList<KeptConnection> connections)
    {
        (_origin, _connections) = (origin, connections);
    }

    public static async Task<ClosedLoop> Open(Uri origin, int clients, CancellationToken cancellationToken)
    {
        var connections = new List<KeptConnection>(clients);
        for (var i = 0; i < clients; i++)
            connections.Add(await KeptConnection.Open(origin, cancellationToken));
        return new(origin, connections);
    }

    /// <param name="requests">Sent in turn; each client begins elsewhere.</param>
    /// <exception cref="InvalidOperationException">More than one answer of a hundred was not 200.</exception>
    public async Task<LoopResult> Run(
        IReadOnlyList<byte[]> requests, TimeSpan length, CancellationToken cancellationToken)
    {
        var latency = new Histogram();
        var failed = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select((connection, i) => Task.Run(
            async () =>
            {
                for (var next = i * 7; Stopwatch.GetElapsedTime(started) < length; next++)
                {
                    var sent = Stopwatch.GetTimestamp();
                    var status = await connection.Send(requests[next % requests.Count], cancellationToken);
                    if (status == 200)
                        latency.Record(Stopwatch.GetElapsedTime(sent));
                    else
                        Interlocked.Increment(ref failed);
                }
            },
            cancellationToken)));
        return failed * FailedShare <= latency.Count
            ? new(latency, Stopwatch.GetElapsedTime(started))
            : throw new InvalidOperationException($"{_origin} did not answer {failed} reads of {latency.Count}.");
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
