namespace Microblog.Contracts.Accounts;

/// <summary>What everybody may know of an account, as it is kept in Redis.</summary>
/// <param name="Username">As written at sign-up; names that differ only by case are the same name.</param>
/// <param name="Note">The biography as sanitised HTML.</param>
/// <param name="Version">Rises with every change; an older profile never replaces a newer one.</param>
/// <param name="PostDefaults">What the person set for new posts; null for nothing: public, not sensitive.</param>
/// <param name="IsSuspended">Nothing that the account wrote is shown to anybody.</param>
public sealed record AccountProfile(
    long AccountId,
    string Username,
    string DisplayName,
    string Note,
    IReadOnlyList<ProfileField> Fields,
    bool Locked,
    bool Bot,
    bool Discoverable,
    DateTimeOffset CreatedAt,
    long Version,
    PostDefaults? PostDefaults = null,
    bool IsSuspended = false);
