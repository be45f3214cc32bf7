using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Microblog.Bench.Peers;

/// <summary>
/// A connection to Redis without a client library: commands of others are replayed through it as they issue them, and
/// what it costs is nearly Redis alone. Not for several callers at once.
/// </summary>
public sealed class RespClient : IDisposable
{
    private const int ListsPerPipeline = 100;

    /// <summary>The shortest answer has one digit.</summary>
    private const int AnswerBytesMin = 4;

    /// <summary>Bytes: some 200 answers.</summary>
    private const int WorthSleepingFor = 1024;

    private readonly Socket _socket;
    private readonly byte[] _received = new byte[256 * 1024];
    private byte[] _commands = new byte[1024 * 1024];
    private int _commandsLength;
    private int _commandCount;
    private int _answersLeft;
    private int _wakesAt = 1;
    private int _receivedLength;
    private int _position;

    private RespClient(Socket socket)
    {
        _socket = socket;
    }

    /// <summary>Errors among the replies so far.</summary>
    public long ErrorCount { get; private set; }

    /// <param name="settings"><c>host:port,password=…</c>, as the services have it.</param>
    public static async Task<RespClient> Connect(string settings)
    {
        var (end, password) = Address(settings);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(end);
        var client = new RespClient(socket);
        if (password is not null)
        {
            client.Add("AUTH", password);
            await client.Run();
        }

        return client.ErrorCount == 0 ? client : throw new InvalidOperationException("Redis refuses the password.");
    }

    public static (DnsEndPoint End, string? Password) Address(string settings)
    {
        var words = settings.Split(',');
        var address = words[0].Split(':');
        const string Password = "password=";
        return (
            new(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture)),
            words.FirstOrDefault(word => word.StartsWith(Password, StringComparison.Ordinal))?[Password.Length..]);
    }

    /// <summary>Puts a command behind those that the next <see cref="Run"/> sends.</summary>
    public void Add(params ReadOnlySpan<string> words)
    {
        Begin(words.Length);
        foreach (var word in words)
            AddWord(word);
    }

    /// <summary>
    /// Fills lists as they come to be, by pushing: a list copied with RESTORE lies so in memory that a push costs more.
    /// </summary>
    public async Task PushLists(IEnumerable<string> keys, IReadOnlyList<string> entries)
    {
        var words = entries.Select(Encoding.UTF8.GetBytes).ToArray();
        foreach (var some in keys.Chunk(ListsPerPipeline))
        {
            foreach (var key in some)
            {
                Begin(2 + words.Length);
                AddWord("RPUSH");
                AddWord(key);
                foreach (var word in words)
                    AddWord(word);
            }

            await Run();
        }
    }

    /// <summary>Begins a command whose words follow.</summary>
    public void Begin(int wordCount)
    {
        Reserve(32);
        _commands[_commandsLength++] = (byte)'*';
        WriteNumber(wordCount);
        _commandCount++;
    }

    public void AddWord(string word) => AddWord(Encoding.UTF8.GetBytes(word));

    public void AddWord(ReadOnlySpan<byte> word)
    {
        Reserve(word.Length + 32);
        _commands[_commandsLength++] = (byte)'$';
        WriteNumber(word.Length);
        word.CopyTo(_commands.AsSpan(_commandsLength));
        _commandsLength += word.Length;
        WriteEnd();
    }

    /// <summary>Sends what was added and returns when everything was answered.</summary>
    /// <returns>The sum of all answers that are numbers.</returns>
    public async Task<long> Run()
    {
        // Together, or both sides would wait with full buffers.
        var sending = Send(_commands.AsMemory(0, _commandsLength));
        var sum = 0L;
        for (_answersLeft = _commandCount; _answersLeft > 0; _answersLeft--)
            sum += await ReadReply();
        await sending;
        (_commandsLength, _commandCount) = (0, 0);
        return sum;
    }

    public void Dispose() => _socket.Dispose();

    private async Task Send(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
    }

    private async ValueTask<long> ReadReply()
    {
        var (kind, number) = await ReadLine();
        switch (kind)
        {
            case (byte)'-':
                ErrorCount++;
                return 0;
            case (byte)'$' when number >= 0:
                await Skip((int)number + 2);
                return 0;
            case (byte)'*':
                for (var i = 0; i < number; i++)
                    await ReadReply();
                return 0;
            default:
                return kind == (byte)':' ? number : 0;
        }
    }

    private async ValueTask<(byte Kind, long Number)> ReadLine()
    {
        int length;
        while ((length = _received.AsSpan(_position, _receivedLength - _position).IndexOf("\r\n"u8)) < 0)
            await Receive();
        var kind = _received[_position];
        _ = Utf8Parser.TryParse(_received.AsSpan(_position + 1, length - 1), out long number, out _);
        _position += length + 2;
        return (kind, number);
    }

    private async ValueTask Skip(int length)
    {
        while (_receivedLength - _position < length)
        {
            length -= _receivedLength - _position;
            _position = _receivedLength;
            await Receive();
        }

        _position += length;
    }

    private async ValueTask Receive()
    {
        var left = _receivedLength - _position;
        _received.AsSpan(_position, left).CopyTo(_received);
        (_position, _receivedLength) = (0, left);
        SleepUntilMostIsThere();
        var count = await _socket.ReceiveAsync(_received.AsMemory(left), SocketFlags.None);
        if (count == 0)
            throw new IOException("Redis closed the connection.");
        _receivedLength += count;
    }

    // As FanOut does: whom Redis wakes for every 16 KB of commands costs Redis, too.
    private void SleepUntilMostIsThere()
    {
        var bytes = Math.Min((_answersLeft * AnswerBytesMin) - _receivedLength, _received.Length - _receivedLength);
        var wakesAt = bytes < WorthSleepingFor ? 1 : bytes;
        if (wakesAt != _wakesAt)
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveLowWater, wakesAt);
        _wakesAt = wakesAt;
    }

    private void Reserve(int length)
    {
        if (_commands.Length - _commandsLength < length)
            Array.Resize(ref _commands, Math.Max(_commands.Length * 2, _commandsLength + length));
    }

    private void WriteNumber(int number)
    {
        Utf8Formatter.TryFormat(number, _commands.AsSpan(_commandsLength), out var written);
        _commandsLength += written;
        WriteEnd();
    }

    private void WriteEnd()
    {
        _commands[_commandsLength++] = (byte)'\r';
        _commands[_commandsLength++] = (byte)'\n';
    }
}
