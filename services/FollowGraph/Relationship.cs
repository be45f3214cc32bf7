namespace Microblog.FollowGraph;

/// <summary>How the caller stands to another account, as clients see it.</summary>
/// <param name="Id">The other account's.</param>
/// <param name="Languages">Always null: posts are not filtered by language.</param>
/// <param name="DomainBlocking">Always false: there is one domain.</param>
/// <param name="Endorsed">Always false: nobody is featured on a profile.</param>
/// <param name="Note">The caller's private comment; empty when there is none.</param>
internal sealed record Relationship(
    string Id,
    bool Following,
    bool ShowingReblogs,
    bool Notifying,
    IReadOnlyList<string>? Languages,
    bool FollowedBy,
    bool Blocking,
    bool BlockedBy,
    bool Muting,
    bool MutingNotifications,
    DateTimeOffset? MutingExpiresAt,
    bool Requested,
    bool RequestedBy,
    bool DomainBlocking,
    bool Endorsed,
    string Note);
