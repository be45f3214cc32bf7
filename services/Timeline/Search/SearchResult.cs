using Microblog.ClientEntities.Entities;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Search;

/// <summary>What a search found; all three are always present.</summary>
internal sealed record SearchResult(
    IReadOnlyList<Account> Accounts,
    IReadOnlyList<Status> Statuses,
    IReadOnlyList<Tag> Hashtags);
