using System.Data.Common;
using Microblog.ServiceDefaults.Standby;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Microblog.ServiceDefaults.Postgres;

/// <summary>
/// For contexts of EF what <see cref="PostgresReads"/> is for plain commands: while this process sees Postgres away, no
/// connection is opened.
/// </summary>
public sealed class RefuseWhileAway(StandbyBoard board) : DbConnectionInterceptor
{
    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        PostgresReads.ThrowIfAway(board);
        return new(result);
    }
}
