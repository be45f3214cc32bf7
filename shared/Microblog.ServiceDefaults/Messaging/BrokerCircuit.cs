using Microblog.ServiceDefaults.Standby;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Whether publishing is worth a try. Fed by what becomes of messages and by nothing else: a broker with an alarm keeps
/// its connections, and looks healthy. While it is open <see cref="BrokerWatch"/> alone tries, so that nobody has to
/// wait for a deadline.
/// </summary>
internal sealed class BrokerCircuit(StandbyBoard board)
{
    private volatile bool _isOpen;

    public bool LetsThrough => !_isOpen;

    public void Failed()
    {
        _isOpen = true;
        board.Report(StandbyBoard.RabbitMq, isAway: true);
    }

    public void Succeeded()
    {
        _isOpen = false;
        board.Report(StandbyBoard.RabbitMq, isAway: false);
    }
}
