using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microblog.ServiceDefaults.Standby;

/// <summary>
/// Asks Postgres each second whether it takes writes, through the pool that the service itself uses: a pool without a
/// free connection is as good as no database, and so is a server that only reads.
/// </summary>
internal sealed class PostgresWatch(
    NpgsqlDataSource database,
    StandbyBoard board,
    TimeProvider clock,
    ILogger<PostgresWatch> logger) : RepeatedWork(clock, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    private Task<bool>? _asking;

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        board.Report(StandbyBoard.Postgres, isAway: !await Answers());
        return Every;
    }

    private async Task<bool> Answers()
    {
        // While one question hangs, no second one is asked: they would fill the pool.
        var asking = _asking ??= Ask();
        try
        {
            var takesWrites = await asking.WaitAsync(Deadline);
            _asking = null;
            return takesWrites;
        }
        catch (Exception failure) when (Outage.Caused(failure) || failure is NpgsqlException)
        {
            if (asking.IsCompleted)
                _asking = null;
            return false;
        }
    }

    private async Task<bool> Ask()
    {
        await using var command = database.CreateCommand("SELECT current_setting('transaction_read_only') = 'off'");
        return await command.ExecuteScalarAsync() is true;
    }
}
