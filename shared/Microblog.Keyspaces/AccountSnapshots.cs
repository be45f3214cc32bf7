using System.Globalization;

namespace Microblog.Keyspaces;

/// <summary>
/// What everybody may know of an account: one Redis hash per account. Accounts writes the profile, FollowGraph the
/// follow counts, Timeline the post counts, each only if its version is newer (see <see cref="WriteIfNewer"/>). All
/// services that answer with an account read it. A missing field is asked of its owner, who writes it again.
/// </summary>
public static class AccountSnapshots
{
    /// <summary>JSON of <c>Microblog.Contracts.Accounts.AccountProfile</c>; written by Accounts.</summary>
    public const string Profile = "profile";

    /// <summary><c>followers following</c>, two numbers with a blank between; written by FollowGraph.</summary>
    public const string Follows = "follows";

    /// <summary><c>posts yyyy-MM-dd</c>, or <c>posts -</c> when there is no newest post; written by Timeline.</summary>
    public const string Posts = "posts";

    /// <summary>Present when every account's name is in the index, so that a missing name is nobody's.</summary>
    public const string NamesCompleteKey = "account-names:complete";

    /// <summary>
    /// Sets a field and its version, unless a newer version is there. KEYS[1] the key; ARGV field, value, version.
    /// A count read before a concurrent change can therefore not overwrite the count read after it.
    /// </summary>
    public const string WriteIfNewer =
        """
        local current = redis.call('HGET', KEYS[1], ARGV[1] .. ':version')
        if current and tonumber(current) > tonumber(ARGV[3]) then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], ARGV[1] .. ':version', ARGV[3])
        return 1
        """;

    /// <summary>
    /// How long <see cref="ChangeKey"/> lives: longer than any process remembers an account without looking.
    /// </summary>
    public static readonly TimeSpan ChangeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A string with a number that nobody drew before, written after every change of the hash by whoever changed it.
    /// Who remembers an account compares: while it is the same, or still missing, nothing has changed.
    /// </summary>
    public static string ChangeKey(long accountId) =>
        string.Create(CultureInfo.InvariantCulture, $"account-change:{accountId}");

    public static string Key(long accountId) => string.Create(CultureInfo.InvariantCulture, $"account:{accountId}");

    /// <summary>A string holding the account id. Written by Accounts; Ingest resolves mentions with it.</summary>
    public static string NameKey(string username) => "account-name:" + username.ToLowerInvariant();
}
