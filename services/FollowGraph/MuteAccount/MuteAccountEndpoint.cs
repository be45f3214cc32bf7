using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.MuteAccount;

internal static class MuteAccountEndpoint
{
    public static void MapMuteAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/mute", Handle)
            .RequireScope("write:mutes")
            .Describe(
                "Hide an account's posts, or change the terms of a mute",
                Field.Flag("notifications", "Hide its notifications as well; true unless said otherwise."),
                Field.Number("duration", "Seconds until the mute ends; 0 for a mute without end."));

    private static async Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        RequestFields fields,
        Caller caller,
        RelationshipChanges changes,
        IOptions<FollowGraphOptions> options,
        CancellationToken cancellationToken)
    {
        var hidesNotifications = fields.Flag("notifications") ?? true;
        var seconds = fields.Number("duration") ?? 0;
        if (seconds < 0)
            return ClientErrors.Invalid("Duration must be greater than or equal to 0");

        return await changes.Try(
            caller,
            id,
            (pair, _) => Mute(pair, hidesNotifications, seconds, options.Value.RelationsOfAKindMax),
            cancellationToken);
    }

    private static JsonHttpResult<ClientError>? Mute(Pair pair, bool hidesNotifications, long seconds, int mutesMax)
    {
        if (pair.Caller.Mute is null && pair.Caller.Person.MutesCount >= mutesMax)
            return RelationshipChanges.TooMany("mute", mutesMax);

        // What would end in some lifetimes does not end, and no calendar overflows.
        var endsAt = seconds is 0 or > int.MaxValue ? (DateTimeOffset?)null : pair.Now.AddSeconds(seconds);
        pair.Mute(hidesNotifications, endsAt);
        return null;
    }
}
