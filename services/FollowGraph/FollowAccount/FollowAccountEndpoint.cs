using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.FollowAccount;

internal static class FollowAccountEndpoint
{
    public static void MapFollowAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/follow", Handle)
            .RequireScope("write:follows")
            .Limited(RateLimits.Follows)
            .Describe(
                "Follow an account, or change the options of a follow",
                Field.Flag("reblogs", "Show the account's boosts; true unless said otherwise."),
                Field.Flag("notify", "Notify of each post; false unless said otherwise."),
                Field.Texts("languages", "Accepted and not used."));

    private static async Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        RequestFields fields,
        Caller caller,
        RelationshipChanges changes,
        FollowMerge merge,
        IOptions<FollowGraphOptions> options,
        CancellationToken cancellationToken)
    {
        var (showsBoosts, notifies) = (fields.Flag("reblogs"), fields.Flag("notify"));
        long? newFollowId = null;
        var answer = await changes.Try(
            caller,
            id,
            (pair, followee) =>
            {
                var known = pair.Caller.Follow;
                var refusal = Follow(pair, followee.Locked, showsBoosts, notifies, options.Value.RelationsOfAKindMax);
                newFollowId = known is null ? pair.Caller.Follow?.FollowId : null;
                return refusal;
            },
            cancellationToken);

        if (newFollowId is { } followId)
            await merge.Wait(caller.AccountId, followId, cancellationToken);
        return answer;
    }

    private static JsonHttpResult<ClientError>? Follow(
        Pair pair,
        bool needsConsent,
        bool? showsBoosts,
        bool? notifies,
        int followsMax)
    {
        if (pair.IsBlockedEitherWay)
            return ClientErrors.Forbidden();

        if (pair.Caller.Follow is { } follow)
        {
            pair.Caller.Follow = follow with
            {
                ShowsBoosts = showsBoosts ?? follow.ShowsBoosts,
                Notifies = notifies ?? follow.Notifies,
            };
            return null;
        }

        var request = pair.Caller.Request;
        if (request is not null && needsConsent)
        {
            request.ShowsBoosts = showsBoosts ?? request.ShowsBoosts;
            request.Notifies = notifies ?? request.Notifies;
            return null;
        }

        if (request is null && pair.Caller.Person.FollowingCount + pair.Caller.Person.RequestsCount >= followsMax)
            return RelationshipChanges.TooMany("follow", followsMax);
        if (needsConsent)
            pair.RequestFollow(showsBoosts ?? true, notifies ?? false);
        else
            // Also what was asked while the account was still locked.
            pair.Follow(
                pair.Caller,
                pair.Other,
                showsBoosts ?? request?.ShowsBoosts ?? true,
                notifies ?? request?.Notifies ?? false);
        return null;
    }
}
