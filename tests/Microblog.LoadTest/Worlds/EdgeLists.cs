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

    /// <exception cref="InvalidDataException">A line is neither; the message says which.</exception>
    public static FollowGraph Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    public static FollowGraph Read(TextReader reader)
    {
        var isFirst = true;
        var (isMatrix, isSymmetric, hasSize) = (false, false, false);
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
            if (isMatrix && !hasSize)
            {
                hasSize = true;
                continue;
            }

            var words = line.Split(Blanks, 3, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !Id(words[0], out var a) || !Id(words[1], out var b))
                throw new InvalidDataException($"Line {number} is no pair of numbers: {line}");
            var (follower, followee) = (Number(people, a), Number(people, b));
            follows.Add((follower, followee));
            if (isSymmetric)
                follows.Add((followee, follower));
        }

        return follows.Count > 0
            ? FollowGraph.Of(people.Count, follows)
            : throw new InvalidDataException("The file holds no follows.");
    }

    private static bool Id(string word, out long id) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static int Number(Dictionary<long, int> people, long name)
    {
        if (!people.TryGetValue(name, out var number))
            people[name] = number = people.Count;
        return number;
    }
}
