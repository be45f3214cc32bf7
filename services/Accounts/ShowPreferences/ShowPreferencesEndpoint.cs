using System.Text.Json.Serialization;
using Microblog.Accounts.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.ShowPreferences;

internal static class ShowPreferencesEndpoint
{
    public static void MapShowPreferences(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/preferences", Handle).Describe("The caller's settings").RequireScope("read:accounts");

    private static async Task<Results<Ok<Preferences>, JsonHttpResult<ClientError>>> Handle(
        Caller caller,
        AccountsDbContext db,
        CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Id == caller.AccountId, cancellationToken);
        if (person is null)
            return ClientErrors.NotFound();

        return TypedResults.Ok(new Preferences(
            person.DefaultVisibility,
            person.DefaultSensitive,
            person.DefaultLanguage.Length > 0 ? person.DefaultLanguage : null,
            ExpandMedia: "default",
            ExpandSpoilers: false));
    }

    private sealed record Preferences(
        [property: JsonPropertyName("posting:default:visibility")] string Visibility,
        [property: JsonPropertyName("posting:default:sensitive")] bool Sensitive,
        [property: JsonPropertyName("posting:default:language")] string? Language,
        [property: JsonPropertyName("reading:expand:media")] string ExpandMedia,
        [property: JsonPropertyName("reading:expand:spoilers")] bool ExpandSpoilers);
}
