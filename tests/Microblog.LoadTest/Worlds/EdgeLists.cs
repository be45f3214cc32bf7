using System.Globalization;
using System.IO.Compression;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// Reads real graphs: lines <c>a b</c>, a follows b, as SNAP publishes them (comments begin with #), or a sparse matrix
/// in Matrix Market's coordinate format, row follows column. Either may be compressed with gzip.
/// </summary>
public static class EdgeLists
{
    private const string MatrixBanner = "%%MatrixMarket matrix coordinate";

    private static readonly char[] Blanks = [' ', '\t', ','];

    /// <exception cref="CommandLineException">A line is neither, or a matrix is not whole.</exception>
    public static FollowGraph Read(string path)
    {
        try
        {
            return ReadFile(path);
        }
        catch (InvalidDataException wrong)
        {
            throw new CommandLineException(
                $"{path}: {wrong.Message} Wanted are lines \"a b\" as SNAP has them, or Matrix Market's coordinates.");
        }
    }

    /// <exception cref="InvalidDataException">As in <see cref="Read(string)"/>, without the file.</exception>
    public static FollowGraph Read(TextReader reader)
    {
        var isFirst = true;
        var (isMatrix, isSymmetric) = (false, false);
        MatrixSize? size = null;
        var entries = 0L;
        // The names of people in the file may have gaps: here they get numbers without.
        var people = new Dictionary<long, int>();
        var follows = new List<(int Follower, int Followee)>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (isFirst && line.StartsWith(MatrixBanner, StringComparison.OrdinalIgnoreCase))
                (isMatrix, isSymmetric) = (true, line.Contains("symmetric", StringComparison.OrdinalIgnoreCase));
            isFirst = false;
            if (line.Length == 0 || line[0] is '#' or '%')
                continue;
            if (isMatrix && size is null)
            {
                size = MatrixSize.Read(line, number);
                continue;
            }

            var words = line.Split(Blanks, 3, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !Id(words[0], out var a) || !Id(words[1], out var b))
                throw new InvalidDataException($"Line {number} is no pair of numbers: {line}.");
            if (size is not null && (a < 1 || a > size.Rows || b < 1 || b > size.Columns))
                throw new InvalidDataException($"Line {number} is outside of the matrix: {line}.");
            entries++;
            var (follower, followee) = (Number(people, a), Number(people, b));
            follows.Add((follower, followee));
            if (isSymmetric)
                follows.Add((followee, follower));
        }

        if (size is not null && entries != size.Entries)
            throw new InvalidDataException($"It says that it has {size.Entries} entries, and has {entries}.");
        return follows.Count > 0
            ? FollowGraph.Of(people.Count, follows)
            : throw new InvalidDataException("The file holds no follows.");
    }

    private static FollowGraph ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    private static bool Id(string word, out long id) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static int Number(Dictionary<long, int> people, long name)
    {
        if (!people.TryGetValue(name, out var number))
            people[name] = number = people.Count;
        return number;
    }

    private sealed record MatrixSize(long Rows, long Columns, long Entries)
    {
        public static MatrixSize Read(string line, int number) =>
            line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [var rows, var columns, var entries]
            && Id(rows, out var r) && Id(columns, out var c) && Id(entries, out var e)
                ? new(r, c, e)
                : throw new InvalidDataException($"Line {number} is not the size of a matrix: {line}.");
    }
}
