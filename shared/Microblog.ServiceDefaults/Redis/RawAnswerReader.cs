using System.Buffers.Text;
using System.Text;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// Finds the end of an answer, and the values in it, in what has been received so far. The protocol is RESP 2
/// (https://redis.io/docs/latest/develop/reference/protocol-spec/), without lists in lists.
/// </summary>
internal sealed class RawAnswerReader
{
    private readonly List<(int Offset, int Length)> _values = [];
    private int[] _ends = [];
    private int _commandsDone;
    private int _elementsLeft;
    private string? _refusal;

    /// <summary>Bytes of the answer that have been understood: all of it when it is complete.</summary>
    public int Length { get; private set; }

    public void Begin(int commands)
    {
        _values.Clear();
        _ends = new int[commands];
        (_commandsDone, _elementsLeft, _refusal, Length) = (0, 0, null, 0);
    }

    /// <summary>Whether the answer is complete.</summary>
    /// <param name="received">From its first byte on, more each time.</param>
    /// <exception cref="InvalidDataException">This is no answer: from here on nobody knows what is whose.</exception>
    public bool IsComplete(ReadOnlySpan<byte> received)
    {
        while (_commandsDone < _ends.Length)
        {
            var rest = received[Length..];
            var lineEnd = rest.IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return false;
            if (lineEnd == 0)
                throw Unreadable(rest);

            var line = rest[1..lineEnd];
            var next = Length + lineEnd + 2;
            switch (rest[0])
            {
                case (byte)'*' when _elementsLeft == 0:
                    _elementsLeft = Number(line);
                    if (_elementsLeft <= 0)
                        EndCommand();
                    break;
                case (byte)'$' when Number(line) is >= 0 and var length:
                    if (received.Length < next + length + 2)
                        return false;
                    Add(next, length);
                    next += length + 2;
                    break;
                case (byte)'$':
                    Add(0, -1);
                    break;
                case (byte)':' or (byte)'+':
                    Add(Length + 1, line.Length);
                    break;
                case (byte)'-':
                    _refusal ??= Encoding.UTF8.GetString(line);
                    Add(0, -1);
                    break;
                default:
                    throw Unreadable(rest);
            }

            Length = next;
        }

        return true;
    }

    /// <param name="received">As it was when it was complete.</param>
    /// <exception cref="RawErrorException">Redis refused a command.</exception>
    public RawAnswer Take(ReadOnlySpan<byte> received) => _refusal is null
        ? new(received[..Length], _values, _ends)
        : throw new RawErrorException(_refusal);

    private void Add(int offset, int length)
    {
        _values.Add((offset, length));
        if (_elementsLeft == 0 || --_elementsLeft == 0)
            EndCommand();
    }

    private void EndCommand()
    {
        _elementsLeft = 0;
        _ends[_commandsDone++] = _values.Count;
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out var length) && length == text.Length
            ? number
            : throw Unreadable(text);

    private static InvalidDataException Unreadable(ReadOnlySpan<byte> text) =>
        new($"Redis answered in no protocol: byte {text[0]} where a reply begins.");
}
