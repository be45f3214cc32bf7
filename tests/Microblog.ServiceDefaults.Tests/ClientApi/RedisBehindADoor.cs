using System.Net;
using System.Net.Sockets;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>A port that leads to Redis while its door is open, and answers nothing while it is shut.</summary>
/// <remarks>One that drips lets answers through byte by byte.</remarks>
internal sealed class RedisBehindADoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly int _redisPort;
    private readonly List<TcpClient> _connections = [];
    private readonly Task _accepting;
    private readonly bool _drips;
    private volatile bool _isOpen;

    public RedisBehindADoor(string redis, bool drips = false)
    {
        _drips = drips;
        var settings = redis.Split(',');
        _redisPort = int.Parse(settings[0].Split(':')[1], null);
        _listener.Start();
        ConnectionString = string.Join(
            ',',
            settings.Skip(1).Prepend($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));
        _accepting = Accept();
    }

    public string ConnectionString { get; }

    public void Open() => _isOpen = true;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (SocketException)
            {
                // The listener was disposed.
                return;
            }

            _connections.Add(client);
            if (_isOpen)
                await LeadToRedis(client);
        }
    }

    private async Task LeadToRedis(TcpClient client)
    {
        var redis = new TcpClient();
        _connections.Add(redis);
        await redis.ConnectAsync(IPAddress.Loopback, _redisPort);
        _ = Task.WhenAny(
            client.GetStream().CopyToAsync(redis.GetStream()),
            _drips ? Drip(redis, client) : redis.GetStream().CopyToAsync(client.GetStream()));
    }

    private static async Task Drip(TcpClient from, TcpClient to)
    {
        to.NoDelay = true;
        var one = new byte[1];
        while (await from.GetStream().ReadAsync(one) > 0)
            await to.GetStream().WriteAsync(one);
    }
}
