using System.Diagnostics;
using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Reading;

/// <summary>
/// So many clients of whom each asks again when it has been answered: finds out how much can be answered in a second.
/// </summary>
internal sealed class ClosedLoop : IDisposable
{
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
    /// <exception cref="InvalidOperationException">An answer was anything but 200.</exception>
    public async Task<LoopResult> Run(
        IReadOnlyList<byte[]> requests, TimeSpan length, CancellationToken cancellationToken)
    {
        var latency = new Histogram();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select((connection, i) => Task.Run(
            async () =>
            {
                for (var next = i * 7; Stopwatch.GetElapsedTime(started) < length; next++)
                {
                    var sent = Stopwatch.GetTimestamp();
                    var status = await connection.Send(requests[next % requests.Count], cancellationToken);
                    if (status != 200)
                        throw new InvalidOperationException($"{_origin} answered a read with {status}.");
                    latency.Record(Stopwatch.GetElapsedTime(sent));
                }
            },
            cancellationToken)));
        return new(latency, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
