using System.Buffers.Binary;
using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// The followers of authors who posted, or were followed, lately, to go on with while Postgres is away: one Redis hash
/// per author. Fields 0, 1, … are pages, in no order; fields named <see cref="ChangeField"/> lie over them and
/// say what has changed since; <see cref="CompleteField"/> is the number of pages, and without it the hash says
/// nothing. FollowGraph writes and reads it, the operator's tool compares it. A lost one is written again with the
/// author's next post.
/// </summary>
public static class FollowerSnapshots
{
    public const string CompleteField = "complete";

    private const char ChangeMark = '@';

    private static ReadOnlySpan<byte> Gone => "-"u8;

    private static ReadOnlySpan<byte> ShowsBoosts => "1"u8;

    public static string Key(long authorId) =>
        string.Create(CultureInfo.InvariantCulture, $"follower-pages:{authorId}");

    /// <summary>Field that has the last word on one follower, whatever the pages say.</summary>
    public static string ChangeField(long followerId) =>
        string.Create(CultureInfo.InvariantCulture, $"{ChangeMark}{followerId}");

    /// <summary>Value of <see cref="ChangeField"/>.</summary>
    /// <param name="showsBoosts">Null for somebody who follows no more.</param>
    public static string Change(bool? showsBoosts) => showsBoosts switch
    {
        true => "1",
        false => "0",
        null => "-",
    };

    /// <summary>The followers of whom a hash tells, in no order; null when it says nothing.</summary>
    public static IReadOnlyList<(long Id, bool ShowsBoosts)>? Read(IReadOnlyDictionary<string, byte[]?> hash)
    {
        if (!hash.TryGetValue(CompleteField, out var pageCount))
            return null;

        var pages = new List<(long Id, bool ShowsBoosts)>();
        for (var page = 0; page < int.Parse(pageCount, CultureInfo.InvariantCulture); page++)
        {
            if (!hash.TryGetValue(page.ToString(CultureInfo.InvariantCulture), out var packed))
                return null;
            pages.AddRange(Unpack(packed));
        }

        var changes = hash.Where(field => field.Key[0] == ChangeMark).ToDictionary(
            field => long.Parse(field.Key.AsSpan(1), CultureInfo.InvariantCulture),
            field => field.Value);
        if (changes.Count == 0)
            return pages;
        return
        [
            .. pages.Where(follower => !changes.ContainsKey(follower.Id))
                .Concat(changes
                    .Where(change => !change.Value.AsSpan().SequenceEqual(Gone))
                    .Select(change => (change.Key, change.Value.AsSpan().SequenceEqual(ShowsBoosts)))),
        ];
    }

    /// <summary>
    /// A page: 8 bytes per follower, his id, or its complement if he does not want boosts.
    /// </summary>
    public static byte[] Pack(IReadOnlyCollection<(long Id, bool ShowsBoosts)> followers)
    {
        var packed = new byte[followers.Count * sizeof(long)];
        var offset = 0;
        foreach (var (id, showsBoosts) in followers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(offset), showsBoosts ? id : ~id);
            offset += sizeof(long);
        }

        return packed;
    }

    // Reads what Pack wrote.
    private static IEnumerable<(long Id, bool ShowsBoosts)> Unpack(byte[]? packed)
    {
        for (var i = 0; i + sizeof(long) <= packed?.Length; i += sizeof(long))
        {
            var entry = BinaryPrimitives.ReadInt64LittleEndian(packed.AsSpan(i));
            yield return entry >= 0 ? (entry, true) : (~entry, false);
        }
    }
}
