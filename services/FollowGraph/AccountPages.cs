using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.FollowGraph;

/// <summary>
/// Pages of accounts whose cursor is a relation's id, which clients see only in the <c>Link</c> header.
/// </summary>
internal sealed class AccountPages(RelationLists lists, AccountRenderer accounts)
{
    public const int DefaultLimit = 40;
    public const int LimitMax = 80;

    public static Page PageOf(RequestFields fields) => Page.Read(fields, DefaultLimit, LimitMax);

    /// <summary>Reads a page and links its neighbours; the next one only when this one is full.</summary>
    public async Task<IReadOnlyList<Account>> Read(
        RelationList list,
        long accountId,
        Page page,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var rows = await lists.Read(list, accountId, page, cancellationToken);
        PageLinks.Write(http, page, [.. rows.Select(row => row.RelationId)], more: rows.Count == page.Limit);
        return await accounts.Render([.. rows.Select(row => row.AccountId)], cancellationToken);
    }
}
