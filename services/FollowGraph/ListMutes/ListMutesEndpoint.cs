using System.Text.Json;
using System.Text.Json.Nodes;
using Microblog.ClientEntities;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.ListMutes;

internal static class ListMutesEndpoint
{
    public static void MapListMutes(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/mutes", Handle)
            .RequireScope("read:mutes")
            .Describe("Accounts that the caller mutes, and until when", Field.Paging);

    private static async Task<Ok<IReadOnlyList<JsonNode>>> Handle(
        RequestFields fields,
        Caller caller,
        RelationLists lists,
        AccountDirectory accounts,
        AccountRenderer renderer,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var page = AccountPages.PageOf(fields);
        var rows = await lists.Read(RelationList.Mutes, caller.AccountId, page, cancellationToken);
        PageLinks.Write(http, page, [.. rows.Select(row => row.RelationId)], more: rows.Count == page.Limit);

        var found = await accounts.Find([.. rows.Select(row => row.AccountId)], cancellationToken);
        return TypedResults.Ok<IReadOnlyList<JsonNode>>(
        [
            .. rows.Where(row => found.ContainsKey(row.AccountId))
                .Select(row => MutedAccount(renderer, found[row.AccountId], row.EndsAt)),
        ]);
    }

    // An account with one field more, which no other list has.
    private static JsonNode MutedAccount(AccountRenderer renderer, AccountSnapshot account, DateTimeOffset? endsAt)
    {
        var node = JsonSerializer.SerializeToNode(renderer.Render(account), ClientJson.Options)!;
        node["mute_expires_at"] = JsonSerializer.SerializeToNode(endsAt, ClientJson.Options);
        return node;
    }
}
