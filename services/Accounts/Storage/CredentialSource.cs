using Microblog.ClientEntities.Entities;

namespace Microblog.Accounts.Storage;

/// <summary>What people typed, for them to edit, and their settings.</summary>
internal sealed record CredentialSource(
    string Note,
    IReadOnlyList<AccountField> Fields,
    string Privacy,
    bool Sensitive,
    string Language,
    int FollowRequestsCount,
    bool? HideCollections,
    bool Discoverable,
    bool Indexable,
    IReadOnlyList<string> AttributionDomains);
