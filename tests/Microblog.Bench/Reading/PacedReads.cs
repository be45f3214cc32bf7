using System.Diagnostics;
using Microblog.LoadTest.Measuring;

namespace Microblog.Bench.Reading;

/// <summary>
/// Some connections over which is read at a steady pace, however long the answers take; timed from when each read was
/// to be sent.
/// </summary>
internal sealed class PacedReads : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly IReadOnlyList<KeptConnection> _connections;
    private readonly TimeSpan _every;

    private PacedReads(IReadOnlyList<KeptConnection> connections, TimeSpan every)
    {
        (_connections, _every) = (connections, every);
    }

    /// <param name="every">Between two reads over one connection; the connections take turns within it.</param>
    public static async Task<PacedReads> Open(
        Uri origin, int connections, TimeSpan every, CancellationToken cancellationToken)
    {
        var opened = new List<KeptConnection>(connections);
        for (var i = 0; i < connections; i++)
            opened.Add(await KeptConnection.Open(origin, cancellationToken));
        return new(opened, every);
    }

    /// <param name="requests">Sent in turn; each connection begins elsewhere.</param>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public async Task<Histogram> Run(
        IReadOnlyList<byte[]> requests, TimeSpan length, CancellationToken cancellationToken)
    {
        var latency = new Histogram();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select(async (connection, turn) =>
        {
            var next = turn * requests.Count / _connections.Count;
            for (var intended = turn * _every / _connections.Count; intended < length; intended += _every)
            {
                while (Stopwatch.GetElapsedTime(started) < intended)
                    await Task.Delay(Tick, TimeProvider.System, cancellationToken);
                var status = await connection.Send(requests[next++ % requests.Count], cancellationToken);
                if (status != 200)
                    throw new InvalidOperationException($"A home timeline was answered with {status}.");
                latency.Record(Stopwatch.GetElapsedTime(started) - intended);
            }
        }));
        return latency;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
