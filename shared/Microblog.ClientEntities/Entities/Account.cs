namespace Microblog.ClientEntities.Entities;

/// <summary>An account as clients see it.</summary>
/// <param name="Acct">The username: all accounts are local.</param>
/// <param name="Note">Biography as HTML.</param>
/// <param name="CreatedAt">Rounded down to midnight, as clients are used to.</param>
public sealed record Account(
    string Id,
    string Username,
    string Acct,
    string DisplayName,
    bool Locked,
    bool Bot,
    bool Discoverable,
    bool Indexable,
    bool Group,
    bool Noindex,
    DateTimeOffset CreatedAt,
    string Note,
    string Url,
    string Uri,
    string Avatar,
    string AvatarStatic,
    string Header,
    string HeaderStatic,
    long FollowersCount,
    long FollowingCount,
    long StatusesCount,
    DateOnly? LastStatusAt,
    bool? HideCollections,
    IReadOnlyList<object> Emojis,
    IReadOnlyList<AccountField> Fields,
    IReadOnlyList<object> Roles);
