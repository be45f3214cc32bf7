using Microblog.ServiceDefaults.Standby;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Whether publishing is worth a try. Fed by what becomes of messages and by nothing else: a broker with an alarm keeps
/// its connections, and looks healthy.
/// </summary>
internal sealed class BrokerCircuit(StandbyBoard board)
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    private readonly Breaker _breaker = new(firstProbeAfter: ProbeEvery, ProbeEvery);

    public bool LetsThrough() => _breaker.LetsThrough();

    public void Failed()
    {
        _breaker.Failed();
        board.Report(StandbyBoard.RabbitMq, isAway: true);
    }

    public void Succeeded()
    {
        _breaker.Succeeded();
        board.Report(StandbyBoard.RabbitMq, isAway: false);
    }
}
