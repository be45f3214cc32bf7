using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>A connection that sends <see cref="RawCommands"/> and reads numbers. For one caller at a time.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly RedisKey AnyKey = "standby:probe";

    /// <summary>The shortest answer has one digit.</summary>
    private const int AnswerBytesMin = 4;

    /// <summary>Bytes: some 200 answers.</summary>
    private const int WorthSleepingFor = 1024;

    private readonly byte[] _received = new byte[64 * 1024];
    private int _position;
    private int _receivedLength;
    // What the socket has from the beginning.
    private int _wakesAt = 1;

    private RawConnection(Stream stream)
    {
        Stream = stream;
    }

    /// <summary>For whoever reads something else than numbers; then nothing else here may be used any more.</summary>
    public Stream Stream { get; }

    /// <param name="client">Knows which server takes writes.</param>
    /// <param name="user">Of Redis' access lists; null for none.</param>
    public static async Task<RawConnection> Connect(
        IDatabase client, ConfigurationOptions options, string? user, CancellationToken cancellationToken)
    {
        var server = await client.IdentifyEndpointAsync(AnyKey, CommandFlags.DemandMaster)
            .WaitAsync(cancellationToken)
            ?? throw new IOException("No server takes writes.");
        return await Connect(server, options, user, cancellationToken);
    }

    private static async Task<RawConnection> Connect(
        EndPoint server, ConfigurationOptions options, string? user, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        RawConnection? connection = null;
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            connection = new(await Open(socket, server, options, cancellationToken));
            await connection.Introduce(options, user, cancellationToken);
            return connection;
        }
        catch
        {
            connection?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the commands and yields the number that answers each.</summary>
    /// <exception cref="RawErrorException">Redis refused one; the others may have been executed.</exception>
    public async Task<long[]> Run(RawCommands commands, CancellationToken cancellationToken)
    {
        // Together, or both sides would wait with full buffers.
        var sending = Stream.WriteAsync(commands.Bytes, cancellationToken).AsTask();
        var replies = new long[commands.Count];
        RawErrorException? refusal = null;
        for (var i = 0; i < replies.Length;)
        {
            if (TryRead(ref replies[i], ref refusal))
            {
                i++;
                continue;
            }

            SleepUntilMostOf(replies.Length - i);
            await Receive(cancellationToken);
        }

        await sending;
        return refusal is null ? replies : throw refusal;
    }

    public void Dispose() => Stream.Dispose();

    private static ReadOnlySpan<byte> End => "\r\n"u8;

    private static async Task<Stream> Open(
        Socket socket, EndPoint server, ConfigurationOptions options, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!options.Ssl)
            return plain;

        var tls = new SslStream(plain);
        var host = options.SslHost ?? (server as DnsEndPoint)?.Host ?? ((IPEndPoint)server).Address.ToString();
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
        return tls;
    }

    private async Task Introduce(ConfigurationOptions options, string? user, CancellationToken cancellationToken)
    {
        using var commands = new RawCommands();
        if (options.Password is { Length: > 0 } password)
        {
            commands.Begin(user is null ? 2 : 3);
            commands.Word("AUTH"u8);
            if (user is not null)
                commands.Word(Encoding.UTF8.GetBytes(user));
            commands.Word(Encoding.UTF8.GetBytes(password));
        }

        if (options.DefaultDatabase is { } database and > 0)
        {
            commands.Begin(2);
            commands.Word("SELECT"u8);
            commands.Word([], database);
        }

        await Run(commands, cancellationToken);
    }

    /// <summary>False when the reply is not there yet as a whole.</summary>
    private bool TryRead(ref long reply, ref RawErrorException? refusal)
    {
        var received = _received.AsSpan(_position, _receivedLength - _position);
        var length = received.IndexOf(End);
        if (length < 0)
            return false;

        var line = received[..length];
        var next = length + End.Length;
        switch (line[0])
        {
            case (byte)':':
                reply = Number(line[1..]);
                break;
            case (byte)'+':
                break;
            case (byte)'-':
                refusal ??= new(Encoding.UTF8.GetString(line[1..]));
                break;
            case (byte)'$':
                var textLength = (int)Number(line[1..]);
                if (textLength >= 0 && received.Length < next + textLength + End.Length)
                    return false;
                reply = textLength < 0 ? RawCommands.Nothing : Number(received.Slice(next, textLength));
                next += textLength < 0 ? 0 : textLength + End.Length;
                break;
            default:
                throw Unreadable(line);
        }

        _position += next;
        return true;
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length
            ? number
            : throw Unreadable(text);

    private static InvalidOperationException Unreadable(ReadOnlySpan<byte> text) =>
        new($"Redis answered with no number: {Encoding.UTF8.GetString(text)}");

    /// <summary>
    /// Redis writes what it has answered each time it has read 16 KB of commands. To be woken each time would cost the
    /// reader more than all else: the kernel wakes it when there is as much as the answers have at least (socket(7),
    /// SO_RCVLOWAT), or the connection ends. For few answers everything stays as usual.
    /// </summary>
    private void SleepUntilMostOf(int answers)
    {
        // Of what is encrypted some may be in the stream already.
        if (Stream is not NetworkStream plain || !OperatingSystem.IsLinux())
            return;

        var left = _receivedLength - _position;
        var bytes = Math.Min((answers * AnswerBytesMin) - left, _received.Length - left);
        var wakesAt = bytes < WorthSleepingFor ? 1 : bytes;
        if (wakesAt != _wakesAt)
            plain.Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveLowWater, wakesAt);
        _wakesAt = wakesAt;
    }

    private async ValueTask Receive(CancellationToken cancellationToken)
    {
        var left = _receivedLength - _position;
        _received.AsSpan(_position, left).CopyTo(_received);
        (_position, _receivedLength) = (0, left);
        if (left == _received.Length)
            throw new InvalidOperationException("Redis answered with no end.");
        var count = await Stream.ReadAsync(_received.AsMemory(left), cancellationToken);
        if (count == 0)
            throw new IOException("Redis closed the connection.");
        _receivedLength += count;
    }
}
