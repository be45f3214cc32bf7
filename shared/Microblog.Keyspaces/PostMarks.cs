using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// What an account did with posts: one Redis hash per account. Ingest writes a field at once when somebody favourites,
/// bookmarks or boosts, so that the next read shows it; Timeline adds what is in Postgres with <c>HSETNX</c> and then
/// sets <see cref="CompleteField"/>. Without that field, absence means nothing. A mark taken back is 0, not removed.
/// </summary>
public static class PostMarks
{
    public const string CompleteField = "complete";

    /// <summary>
    /// A random number that every writer of marks sets together with them: whoever remembers marks need not ask for
    /// them again while it stays. Not there in a hash that was written before there was such a field.
    /// </summary>
    public const string ChangeField = "change";

    /// <summary>Marks of each kind that a restored hash holds, those of the newest posts.</summary>
    public const int RestoredMax = 5_000;

    /// <summary>Dropped after so long without a read or write.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>A value for <see cref="ChangeField"/>.</summary>
    public static long NewChange() => Random.Shared.NextInt64();

    public static string Key(long accountId) => string.Create(CultureInfo.InvariantCulture, $"marks:{accountId}");

    /// <summary>1 or 0.</summary>
    public static string Favourite(long postId) => string.Create(CultureInfo.InvariantCulture, $"f{postId}");

    /// <summary>1 or 0.</summary>
    public static string Bookmark(long postId) => string.Create(CultureInfo.InvariantCulture, $"b{postId}");

    /// <summary>The id of the boost, or 0.</summary>
    public static string Boost(long postId) => string.Create(CultureInfo.InvariantCulture, $"r{postId}");
}
