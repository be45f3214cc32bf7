using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Redis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.EditProfile;

internal static class EditProfileEndpoint
{
    // Two edits at once must not both become the same version.
    private const string LockSql = "SELECT * FROM users WHERE id = {0} FOR UPDATE";

    public static void MapEditProfile(this IEndpointRouteBuilder app) =>
        app.MapPatch("/api/v1/accounts/update_credentials", Handle)
            .Describe("Change one's own profile and settings", EditProfileRequest.Fields)
            .RequireScope("write:accounts")
            .Validate<EditProfileRequest>();

    private static async Task<Results<Ok<CredentialAccount>, JsonHttpResult<ClientError>>> Handle(
        EditProfileRequest request,
        HttpContext http,
        Caller caller,
        AccountsDbContext db,
        OutboxSignal outbox,
        Snapshots snapshots,
        Credentials credentials,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var person = await db.Users.FromSqlRaw(LockSql, caller.AccountId).SingleOrDefaultAsync(cancellationToken);
        if (person is null)
            return ClientErrors.NotFound();

        Apply(request, person);
        person.Version++;
        var profile = person.ToProfile();
        db.Outbox.Add(OutboxMessage.For(new ProfileChanged(profile), clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Committed();
        await Show(profile, snapshots, http);

        return TypedResults.Ok(await credentials.Of(person, http));
    }

    private static void Apply(EditProfileRequest request, User person)
    {
        person.DisplayName = request.DisplayName ?? person.DisplayName;
        person.Note = request.Note ?? person.Note;
        person.Locked = request.Locked ?? person.Locked;
        person.Bot = request.Bot ?? person.Bot;
        person.Discoverable = request.Discoverable ?? person.Discoverable;
        person.DefaultVisibility = request.Privacy ?? person.DefaultVisibility;
        person.DefaultSensitive = request.Sensitive ?? person.DefaultSensitive;
        person.DefaultLanguage = request.Language ?? person.DefaultLanguage;
        if (request.FieldsAttributes is not { } rows)
            return;

        var kept = rows.Where(row => !row.IsEmpty).ToArray();
        person.FieldNames = [.. kept.Select(row => row.Name)];
        person.FieldValues = [.. kept.Select(row => row.Value)];
    }

    private static async Task Show(AccountProfile profile, Snapshots snapshots, HttpContext http)
    {
        try
        {
            await snapshots.Write([profile]);
        }
        catch (RedisAwayException)
        {
            // The change is kept; others see it when ProfileChanged arrives, after the outage.
            StandbyHeader.Mark(http, "redis");
        }
    }
}
