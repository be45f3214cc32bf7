using System.Buffers;
using System.Text.Json;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.ClientEntities;

/// <summary>
/// The JSON of a status, written once and cut where something goes in that changes or differs between viewers: the
/// counters, the original of a boost, the author, and what the viewer did with it. Put together again it is byte for
/// byte what the serializer would have written.
/// </summary>
public sealed class StatusPieces
{
    private static readonly byte[][] Endings =
    [
        .. Enumerable.Range(0, 32).Select(flags => Ending(
            isFavourite: (flags & 1) != 0,
            isBoosted: (flags & 2) != 0,
            isBookmarked: (flags & 4) != 0,
            isOwn: (flags & 8) != 0,
            isKnown: (flags & 16) == 0)),
    ];

    private readonly byte[] _beforeCounts;
    private readonly byte[] _beforeReblog;
    private readonly byte[] _beforeAccount;
    private readonly byte[] _beforeEnding;

    private StatusPieces(byte[] beforeCounts, byte[] beforeReblog, byte[] beforeAccount, byte[] beforeEnding)
    {
        (_beforeCounts, _beforeReblog) = (beforeCounts, beforeReblog);
        (_beforeAccount, _beforeEnding) = (beforeAccount, beforeEnding);
    }

    private static ReadOnlySpan<byte> Null => "null"u8;

    private static ReadOnlySpan<byte> RepliesName => "\"replies_count\":"u8;

    private static ReadOnlySpan<byte> BoostsName => ",\"reblogs_count\":"u8;

    private static ReadOnlySpan<byte> FavouritesName => ",\"favourites_count\":"u8;

    private static ReadOnlySpan<byte> Unknown => "-1"u8;

    private static ReadOnlySpan<byte> ReblogName => "\"reblog\":"u8;

    private static ReadOnlySpan<byte> AccountName => "\"account\":"u8;

    /// <param name="template">From <see cref="StatusTemplates"/>.</param>
    public static StatusPieces Of(Status template)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(template, ClientJson.Options).AsSpan();
        // A quote inside a text is escaped, so that none of these names can stand in one.
        var counts = json.IndexOf(RepliesName) + RepliesName.Length;
        var afterCounts = json.IndexOf(FavouritesName) + FavouritesName.Length + Unknown.Length;
        var reblog = json.IndexOf(ReblogName) + ReblogName.Length;
        var account = json.IndexOf(AccountName) + AccountName.Length;
        return new(
            json[..counts].ToArray(),
            json[afterCounts..reblog].ToArray(),
            json[(reblog + Null.Length)..account].ToArray(),
            // Without the brace at the end.
            json[(account + Null.Length)..^1].ToArray());
    }

    /// <summary>Writes a status that is no boost.</summary>
    /// <param name="counts"><c>replies boosts favourites version</c>, as <c>PostSnapshots</c> has them.</param>
    /// <param name="account">JSON of the author.</param>
    public void Write(
        IBufferWriter<byte> to, ReadOnlySpan<byte> counts, ReadOnlySpan<byte> account, StatusMarks marks)
    {
        WriteHead(to, counts);
        to.Write(Null);
        WriteRest(to, account, marks);
    }

    /// <summary>What comes before the original of a boost; the original and <see cref="WriteRest"/> follow.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteHead(IBufferWriter<byte> to, ReadOnlySpan<byte> counts)
    {
        var boosts = counts.IndexOf((byte)' ') + 1;
        var favourites = boosts + counts[boosts..].IndexOf((byte)' ') + 1;
        var version = favourites + counts[favourites..].IndexOf((byte)' ') + 1;
        to.Write(_beforeCounts);
        to.Write(counts[..(boosts - 1)]);
        to.Write(BoostsName);
        to.Write(counts[boosts..(favourites - 1)]);
        to.Write(FavouritesName);
        to.Write(counts[favourites..(version - 1)]);
        to.Write(_beforeReblog);
    }

    /// <inheritdoc cref="Write"/>
    public void WriteRest(IBufferWriter<byte> to, ReadOnlySpan<byte> account, StatusMarks marks)
    {
        to.Write(_beforeAccount);
        to.Write(account);
        to.Write(_beforeEnding);
        to.Write(Endings[(int)marks]);
    }

    private static byte[] Ending(bool isFavourite, bool isBoosted, bool isBookmarked, bool isOwn, bool isKnown)
    {
        var status = new Status(
            "", default, null, null, false, "", "", null, "", "", 0, 0, 0, null, "", null, null, null!, [], [], [], [],
            null, null)
        {
            Favourited = isKnown ? isFavourite : null,
            Reblogged = isKnown ? isBoosted : null,
            Muted = isKnown ? false : null,
            Bookmarked = isKnown ? isBookmarked : null,
            Pinned = isKnown && isOwn ? false : null,
            Filtered = isKnown ? [] : null,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(status, ClientJson.Options).AsSpan();
        var poll = "\"poll\":null"u8;
        return json[(json.IndexOf(poll) + poll.Length)..].ToArray();
    }
}
