using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Microblog.Bench.Reading;

/// <summary>
/// One HTTP connection that is kept, for one request at a time, at a fraction of what HttpClient costs: on a machine
/// that runs everything, whoever asks must not be what is measured.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly byte[] _buffer = new byte[BufferSize];

    private KeptConnection()
    {
    }

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    // No line of JSON is empty, so that this cannot stand inside an answer.
    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    public static async Task<KeptConnection> Open(Uri origin, CancellationToken cancellationToken)
    {
        var connection = new KeptConnection();
        await connection._socket.ConnectAsync(IPAddress.Parse(origin.Host), origin.Port, cancellationToken);
        return connection;
    }

    /// <summary>The bytes of a GET with this token.</summary>
    public static byte[] Request(Uri origin, string path, string? token) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {origin.Authority}\r\n"
        + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
        + "\r\n");

    /// <summary>Sends a request and yields the status of the answer when all of it has come.</summary>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var (read, head) = (0, -1);
        while (head < 0)
        {
            read += await Receive(read, cancellationToken);
            head = _buffer.AsSpan(0, read).IndexOf(HeadEnd);
        }

        var body = head + HeadEnd.Length;
        if (Field(_buffer.AsSpan(0, head), "Content-Length: "u8) is { } length)
            await ReceiveRest(body + length - read, cancellationToken);
        else
            await ReceiveChunks(read, cancellationToken);
        return Number(_buffer.AsSpan("HTTP/1.1 ".Length, 3));
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveRest(int left, CancellationToken cancellationToken)
    {
        // Over the head, but behind the status.
        while (left > 0)
            left -= await Receive(from: 16, cancellationToken);
    }

    private async ValueTask ReceiveChunks(int read, CancellationToken cancellationToken)
    {
        const int Kept = 32;
        while (!_buffer.AsSpan(0, read).EndsWith(LastChunk))
        {
            // The end may come in pieces.
            var tail = Math.Min(read, Kept);
            _buffer.AsSpan(read - tail, tail).CopyTo(_buffer.AsSpan(Kept));
            read = Kept + tail + await Receive(Kept + tail, cancellationToken);
        }
    }

    private async ValueTask<int> Receive(int from, CancellationToken cancellationToken)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(from), cancellationToken);
        return count > 0 ? count : throw new IOException("The connection was closed in the midst of an answer.");
    }

    private static int? Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0)
            return null;
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return Number(end < 0 ? value : value[..end]);
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = (number * 10) + digit - '0';
        return number;
    }
}
