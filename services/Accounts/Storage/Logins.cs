using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.Storage;

/// <summary>Tells who somebody is by name or e-mail address and password.</summary>
internal sealed class Logins(AccountsDbContext db, Passwords passwords)
{
    /// <summary>
    /// The person; null when either is wrong or the person is suspended, without a hint which, in the answer or in its
    /// time.
    /// </summary>
    /// <param name="login">Username or e-mail address, in any case.</param>
    public async Task<User?> Find(string login, string password, CancellationToken cancellationToken)
    {
        var name = login.Trim().ToLowerInvariant();
        var user = await db.Users.SingleOrDefaultAsync(
            row => row.Username.ToLower() == name || row.Email.ToLower() == name,
            cancellationToken);

        var result = await passwords.Verify(user?.PasswordHash, password, cancellationToken);
        if (user is null || user.SuspendedAt is not null || result == PasswordVerificationResult.Failed)
            return null;

        // The cost was raised since this hash was made, and only now is the password at hand.
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = await passwords.Hash(password, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return user;
    }
}
