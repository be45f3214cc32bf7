using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// Commands in the words of Redis' own protocol, for <see cref="RedisGateway.RunRaw"/> and
/// <see cref="RedisGateway.Ask"/>. Written once and sent as they are: not an object for a command, let alone for an id.
/// </summary>
public sealed class RawCommands : IDisposable
{
    /// <summary>Stands where Redis answered that there is nothing.</summary>
    public const long Nothing = long.MinValue;

    /// <summary>A length or a number with its frame is shorter.</summary>
    private const int FrameMax = 32;

    private byte[] _bytes;
    private int _length;

    /// <param name="size">Bytes that there is room for at first.</param>
    public RawCommands(int size = 64 * 1024)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(size);
    }

    /// <summary>Commands so far.</summary>
    public int Count { get; private set; }

    /// <summary>What was written, command by command and word by word.</summary>
    internal IEnumerable<byte[][]> Words()
    {
        var position = 0;
        for (var command = 0; command < Count; command++)
        {
            var words = new byte[Frame()][];
            for (var i = 0; i < words.Length; i++)
            {
                var length = Frame();
                words[i] = _bytes[position..(position + length)];
                position += length + 2;
            }

            yield return words;
        }

        int Frame()
        {
            if (!Utf8Parser.TryParse(_bytes.AsSpan(position + 1), out int number, out var digits))
                throw new InvalidOperationException("A command was begun and not written to its end.");
            position += digits + 3;
            return number;
        }
    }

    internal ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Begins a command of so many words, which must follow.</summary>
    public void Begin(int wordCount)
    {
        Reserve(FrameMax);
        WriteFrame((byte)'*', wordCount);
        Count++;
    }

    public void Word(ReadOnlySpan<byte> word)
    {
        Reserve(FrameMax + word.Length);
        WriteFrame((byte)'$', word.Length);
        Write(word);
        WriteEnd();
    }

    /// <summary>A word that is kept as text.</summary>
    public void Word(string word)
    {
        var length = Encoding.UTF8.GetByteCount(word);
        Reserve(FrameMax + length);
        WriteFrame((byte)'$', length);
        _length += Encoding.UTF8.GetBytes(word, _bytes.AsSpan(_length));
        WriteEnd();
    }

    /// <summary>A word that ends with a number: <c>home:115000000000000000</c>.</summary>
    public void Word(ReadOnlySpan<byte> prefix, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var digitCount);
        Reserve(FrameMax + prefix.Length + digitCount);
        WriteFrame((byte)'$', prefix.Length + digitCount);
        Write(prefix);
        Write(digits[..digitCount]);
        WriteEnd();
    }

    /// <summary>Words that <see cref="Encode"/> wrote.</summary>
    public void Encoded(ReadOnlySpan<byte> words)
    {
        Reserve(words.Length);
        Write(words);
    }

    /// <summary>Words as they are sent, to be kept for what is asked again and again.</summary>
    public static byte[] Encode(params IEnumerable<string> words)
    {
        using var encoded = new RawCommands(size: 256);
        foreach (var word in words)
            encoded.Word(word);
        return encoded.Bytes.ToArray();
    }

    /// <summary>Forgets what was written, and keeps the room for more.</summary>
    public void Clear() => (_length, Count) = (0, 0);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Clear();
    }

    private void WriteFrame(byte kind, int number)
    {
        _bytes[_length++] = kind;
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
        WriteEnd();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void WriteEnd()
    {
        _bytes[_length++] = (byte)'\r';
        _bytes[_length++] = (byte)'\n';
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _length >= length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + length));
        Bytes.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
