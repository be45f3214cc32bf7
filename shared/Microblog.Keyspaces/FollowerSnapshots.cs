using System.Buffers.Binary;
using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// The followers of authors who posted lately, to go on with while Postgres is away: one Redis hash per author. Fields
/// 0, 1, … are pages in the order of ids; <see cref="CompleteField"/> is the number of pages, and without it the hash
/// says nothing. FollowGraph writes and reads it, the operator's tool compares it. A lost one is written again with
/// the author's next post.
/// </summary>
public static class FollowerSnapshots
{
    public const string CompleteField = "complete";

    public static string Key(long authorId) =>
        string.Create(CultureInfo.InvariantCulture, $"follower-pages:{authorId}");

    /// <summary>8 bytes per follower: his id, or its complement if he does not want boosts.</summary>
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

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static IReadOnlyList<(long Id, bool ShowsBoosts)> Unpack(ReadOnlySpan<byte> packed)
    {
        var followers = new List<(long Id, bool ShowsBoosts)>(packed.Length / sizeof(long));
        for (var i = 0; i + sizeof(long) <= packed.Length; i += sizeof(long))
        {
            var entry = BinaryPrimitives.ReadInt64LittleEndian(packed[i..]);
            followers.Add(entry >= 0 ? (entry, true) : (~entry, false));
        }

        return followers;
    }
}
