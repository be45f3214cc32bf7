using Microblog.ClientEntities.Entities;

namespace Microblog.FollowGraph.FindFamiliarFollowers;

/// <summary>Followers of one account whom the caller follows.</summary>
internal sealed record FamiliarFollowers(string Id, IReadOnlyList<Account> Accounts);
