using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Outbox;
using Microblog.ServiceDefaults.Redis;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Microblog.Accounts.SignUp;

/// <summary>Creates accounts.</summary>
internal sealed class SignUps(
    AccountsDbContext db,
    Passwords passwords,
    Snapshots snapshots,
    OutboxSignal outbox,
    IdSequence ids)
{
    /// <summary>The new person; or the field, username or email, that somebody else has.</summary>
    public async Task<(User? Person, string? TakenField)> Create(
        SignUpRequest request,
        CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var now = IdSequence.CreatedAt(id);
        var person = new User
        {
            Id = id,
            Username = request.Username,
            Email = request.Email,
            PasswordHash = await passwords.Hash(request.Password, cancellationToken),
            CreatedAt = now,
        };
        db.Users.Add(person);
        db.Outbox.Add(OutboxMessage.For(new ProfileChanged(person.ToProfile()), now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (TakenField(failure) is { } taken)
        {
            db.ChangeTracker.Clear();
            return (null, taken);
        }

        outbox.Committed();
        await Show(person);
        return (person, null);
    }

    // The database decides, also between two who ask at once.
    private static string? TakenField(DbUpdateException failure) => failure.InnerException is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation,
    } violation
        ? violation.ConstraintName switch { "users_username" => "username", "users_email" => "email", _ => null }
        : null;

    private async Task Show(User person)
    {
        try
        {
            await snapshots.WriteNew(person.ToProfile());
        }
        catch (RedisAwayException)
        {
            // The account exists; what others see of it is written when ProfileChanged arrives, after the outage.
        }
    }
}
