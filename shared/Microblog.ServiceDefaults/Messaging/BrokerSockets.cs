using System.Net.Sockets;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// The sockets of the consuming bus. An operation that waits for an answer that never comes cannot be ended in any
/// other way than by ending its connection: then everything on it fails, and is begun anew.
/// </summary>
internal sealed class BrokerSockets
{
    /// <summary>A bus has one connection, and while it connects some tries besides.</summary>
    private const int KeptMax = 8;

    private readonly Queue<ITcpClient> _sockets = new();

    /// <summary>Keeps the sockets of the connections that the factory makes from now on.</summary>
    public Task Keep(ConnectionFactory factory)
    {
        factory.SocketFactory = Open;
        return Task.CompletedTask;
    }

    /// <summary>Ends all connections; what was not acknowledged is delivered again.</summary>
    public void Cut()
    {
        ITcpClient[] sockets;
        lock (_sockets)
        {
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        foreach (var socket in sockets)
            socket.Close();
    }

    private ITcpClient Open(AddressFamily family)
    {
        var socket = ConnectionFactoryBase.DefaultSocketFactory(family);
        lock (_sockets)
        {
            if (_sockets.Count == KeptMax)
                _sockets.Dequeue();
            _sockets.Enqueue(socket);
        }

        return socket;
    }
}
