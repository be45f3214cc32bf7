using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.FollowGraph.NoteAccount;

internal static class NoteAccountEndpoint
{
    private const int CommentCharactersMax = 2_000;

    public static void MapNoteAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/accounts/{id}/note", Handle)
            .RequireScope("write:accounts")
            .Describe(
                "Keep a private comment on an account",
                Field.Text("comment", "At most 2000 characters; empty to forget it."));

    private static async Task<Results<Ok<Relationship>, JsonHttpResult<ClientError>>> Handle(
        RecordId id,
        RequestFields fields,
        Caller caller,
        RelationshipChanges changes,
        CancellationToken cancellationToken)
    {
        var comment = fields.Text("comment")?.Trim() ?? "";
        if (comment.Length > CommentCharactersMax)
            return ClientErrors.Invalid($"Comment is too long (maximum is {CommentCharactersMax} characters)");
        return await changes.Make(caller, id, pair => pair.Comment(comment), cancellationToken);
    }
}
