using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// When people last looked at their home timelines: Redis hashes, by the reader's id the day, counted in UTC from 1970.
/// Timeline writes it, and drops the timeline of whoever has not looked for <see cref="TimelineLists.Lifetime"/>. Lists
/// that expire by themselves would cost every delivery a quarter more in Redis (decision 0023).
/// </summary>
public static class LastReads
{
    /// <summary>
    /// Hashes among which readers are spread. Redis keeps one packed, some 16 bytes a reader, while it has at most 512:
    /// half a million readers in all. With more it takes some 86 bytes, a hundredth of what a timeline takes.
    /// </summary>
    public const int BucketCount = 1 << BucketBits;

    private const int BucketBits = 10;

    // D. Knuth, The Art of Computer Programming, volume 3, section 6.4: multiplicative hashing with the golden ratio.
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    /// <summary>The hash that has the reader.</summary>
    public static string Key(long readerId) =>
        Bucket((int)(unchecked((ulong)readerId * GoldenRatio) >> (64 - BucketBits)));

    /// <param name="number">From 0 on, below <see cref="BucketCount"/>.</param>
    public static string Bucket(int number) => string.Create(CultureInfo.InvariantCulture, $"last-read:{number}");

    /// <summary>What is written for a read at this time.</summary>
    public static long Day(DateTimeOffset at) => at.ToUnixTimeSeconds() / (24 * 60 * 60);
}
