using System.Buffers;
using System.Buffers.Text;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// What Redis answered to <see cref="RawCommands"/>: for each command its values, one or as many as its list has. To be
/// disposed when it has been read; its memory is used again.
/// </summary>
public sealed class RawAnswer : IDisposable
{
    private byte[] _bytes;
    private (int Offset, int Length)[] _values;
    private readonly int[] _ends;

    /// <param name="values">Where they are in <paramref name="bytes"/>; a length of -1 for nothing.</param>
    /// <param name="ends">Of each command: values up to and with its last one.</param>
    internal RawAnswer(ReadOnlySpan<byte> bytes, List<(int Offset, int Length)> values, int[] ends)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(_bytes);
        _values = ArrayPool<(int, int)>.Shared.Rent(values.Count);
        values.CopyTo(_values);
        _ends = ends;
    }

    /// <param name="replies">Of each command its values; null for nothing.</param>
    internal static RawAnswer Of(IEnumerable<IReadOnlyList<byte[]?>> replies)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var (values, ends) = (new List<(int, int)>(), new List<int>());
        foreach (var reply in replies)
        {
            foreach (var value in reply)
            {
                values.Add((bytes.WrittenCount, value?.Length ?? -1));
                bytes.Write(value);
            }

            ends.Add(values.Count);
        }

        return new(bytes.WrittenSpan, values, [.. ends]);
    }

    /// <summary>How many values a command was answered with.</summary>
    public int Count(int command) => _ends[command] - First(command);

    /// <summary>Whether Redis answered that there is nothing.</summary>
    public bool IsNothing(int command, int value) => Place(command, value).Length < 0;

    /// <summary>A value; empty when there is nothing.</summary>
    public ReadOnlySpan<byte> Value(int command, int value)
    {
        var (offset, length) = Place(command, value);
        return length < 0 ? [] : _bytes.AsSpan(offset, length);
    }

    /// <summary>A value as a number; null when there is nothing.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public long? Number(int command, int value)
    {
        if (IsNothing(command, value))
            return null;
        var text = Value(command, value);
        return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length
            ? number
            : throw new FormatException("Redis answered with no number.");
    }

    /// <summary>All values of a command, which must be numbers.</summary>
    public long[] Numbers(int command)
    {
        var numbers = new long[Count(command)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Number(command, i) ?? throw new FormatException("Redis answered with nothing.");
        return numbers;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<(int, int)>.Shared.Return(_values);
        (_bytes, _values) = ([], []);
    }

    private int First(int command) => command == 0 ? 0 : _ends[command - 1];

    private (int Offset, int Length) Place(int command, int value) => value >= 0 && value < Count(command)
        ? _values[First(command) + value]
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The command has fewer values.");
}
