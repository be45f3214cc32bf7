using System.Diagnostics;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Attaches consumers as soon as the broker is known to be back. Left alone, MassTransit waits 3 to 30 seconds between
/// two tries, longer after each one (<c>ReceiveTransportRetryPolicy</c>, which cannot be set), and gives up for good
/// after errors that it does not expect, a cancelled operation among them (mended in 8.5.2, which does not restore).
/// What hangs then has its connection cut.
/// </summary>
internal sealed partial class Rejoining(
    IEnumerable<IBusInstance> buses, BrokerSockets sockets, ILogger<Rejoining> logger)
{
    /// <summary>As long as one try may need: connecting, declaring a topology, starting to consume.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>A kill switch holds a consumer back for less.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<IReceiveEndpoint, long> _detachedAt = [];
    private readonly HashSet<IReceiveEndpoint> _cutFor = [];
    private long? _triedAt;

    /// <summary>The next <see cref="BrokerIsThere"/> need not wait for what was tried before.</summary>
    public void BrokerIsAway() => _triedAt = null;

    /// <summary>Starts the consumers again that are not attached. Returns before they are.</summary>
    public async Task BrokerIsThere()
    {
        var left = buses.SelectMany(bus => bus.BusControl.CheckHealth().Endpoints.Values).Where(IsLeft).ToArray();
        if (left.Length == 0 || (_triedAt is { } triedAt && Stopwatch.GetElapsedTime(triedAt) < Every))
            return;

        _triedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(left.Select(endpoint => StartAgain(endpoint.ReceiveEndpoint)));
    }

    // What a kill switch has stopped, or what gave up, has no exception: only time tells them apart.
    private bool IsLeft(EndpointHealthResult endpoint)
    {
        if (endpoint.Status == BusHealthStatus.Healthy)
        {
            _detachedAt.Remove(endpoint.ReceiveEndpoint);
            _cutFor.Remove(endpoint.ReceiveEndpoint);
            return false;
        }

        _detachedAt.TryAdd(endpoint.ReceiveEndpoint, Stopwatch.GetTimestamp());
        return endpoint.Exception is not null
            || Stopwatch.GetElapsedTime(_detachedAt[endpoint.ReceiveEndpoint]) > GivenUpAfter;
    }

    private async Task StartAgain(IReceiveEndpoint endpoint)
    {
        try
        {
            // It does not end when it is told to, while an operation on its channel hangs.
            await endpoint.Stop(CancellationToken.None).WaitAsync(Every);
            endpoint.Start(CancellationToken.None);
        }
        catch (TimeoutException)
        {
            CutIfStuck(endpoint);
        }
        catch (Exception failure) when (failure is OperationCanceledException or InvalidOperationException)
        {
            // It is stopping still, or a kill switch started it meanwhile: the next look tells.
            LogNotYet(logger, failure, endpoint.InputAddress.AbsolutePath);
        }
    }

    // Others that are consumed on the same connection have to begin anew as well: not before time has shown that
    // nothing else helps, and but once, should this not help either.
    private void CutIfStuck(IReceiveEndpoint endpoint)
    {
        if (Stopwatch.GetElapsedTime(_detachedAt[endpoint]) < GivenUpAfter)
            return;
        lock (_cutFor)
        {
            if (!_cutFor.Add(endpoint))
                return;
        }

        LogCut(logger, endpoint.InputAddress.AbsolutePath);
        sockets.Cut();
    }

    [LoggerMessage(LogLevel.Warning, "{Queue} cannot be consumed again; the connection is cut, and all begin anew")]
    private static partial void LogCut(ILogger logger, string queue);

    [LoggerMessage(LogLevel.Information, "{Queue} was not started again")]
    private static partial void LogNotYet(ILogger logger, Exception failure, string queue);
}
