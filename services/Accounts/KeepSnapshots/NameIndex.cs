using Microblog.Accounts.Storage;
using Microsoft.EntityFrameworkCore;

namespace Microblog.Accounts.KeepSnapshots;

/// <summary>Writes the index of names and the revoked tokens again when Redis has lost them.</summary>
internal sealed class NameIndex(AccountsDbContext db, Snapshots snapshots, Revocations revocations)
{
    private const int NamesPerPage = 1_000;

    /// <summary>
    /// The number of names written; null when everything was there, or was lost once more meanwhile. Doing it twice at
    /// once changes nothing.
    /// </summary>
    public async Task<int?> RebuildIfLost(CancellationToken cancellationToken)
    {
        if (await snapshots.AreComplete())
            return null;

        await snapshots.BeginRebuild();
        await revocations.RememberAll(cancellationToken);
        var nameCount = await WriteNames(cancellationToken);
        return await snapshots.EndRebuild() ? nameCount : null;
    }

    // Whoever signs up behind the page that is being read writes the new name as well.
    private async Task<int> WriteNames(CancellationToken cancellationToken)
    {
        var nameCount = 0;
        var after = 0L;
        int pageCount;
        do
        {
            var page = await db.Users.AsNoTracking()
                .Where(user => user.Id > after)
                .OrderBy(user => user.Id)
                .Take(NamesPerPage)
                .Select(user => new { user.Id, user.Username })
                .ToListAsync(cancellationToken);
            await snapshots.WriteNames([.. page.Select(user => (user.Id, user.Username))]);
            (pageCount, after) = (page.Count, page.Count > 0 ? page[^1].Id : after);
            nameCount += pageCount;
        }
        while (pageCount == NamesPerPage);

        return nameCount;
    }
}
