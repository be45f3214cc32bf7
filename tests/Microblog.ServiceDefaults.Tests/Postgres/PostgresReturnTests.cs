using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Tests.Standby;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microblog.ServiceDefaults.Tests.Postgres;

public sealed class PostgresReturnTests
{
    private readonly StandbyBoard _board = AStandbyBoard.New();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly PostgresReturn _return;

    public PostgresReturnTests()
    {
        _return = new(_board, _host, TimeProvider.System);
    }

    [Fact]
    public void Who_stores_goes_on_at_once_while_Postgres_is_there() =>
        Assert.True(_return.Wait(CancellationToken.None).IsCompletedSuccessfully);

    [Fact]
    public async Task Who_stores_waits_until_Postgres_is_back()
    {
        _board.Report(StandbyBoard.Postgres, isAway: true);
        var waiting = _return.Wait(CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        _board.Report(StandbyBoard.Postgres, isAway: false);
        await waiting;
    }

    [Fact]
    public async Task Who_stores_does_not_hold_up_a_process_that_stops()
    {
        _board.Report(StandbyBoard.Postgres, isAway: true);
        var waiting = _return.Wait(CancellationToken.None);

        _host.StopApplication();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
