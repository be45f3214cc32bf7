using Microblog.ServiceDefaults.BackPressure;

namespace Microblog.ServiceDefaults.Tests.BackPressure;

public sealed class BacklogTests
{
    private const long Max = 100;

    private readonly Backlog _backlog = new(Max);

    [Fact]
    public void A_queue_that_stays_short_is_not_behind()
    {
        See(0, 40, 80, 90, 95, 99, 100, 100);

        Assert.False(_backlog.IsBehind);
    }

    [Fact]
    public void A_queue_that_is_long_and_grows_is_behind()
    {
        See(0, 40, 80, 120, 160);
        Assert.False(_backlog.IsBehind);

        See(200);

        Assert.True(_backlog.IsBehind);
    }

    [Fact]
    public void A_queue_that_only_gets_shorter_after_an_outage_is_not_behind()
    {
        See(9_000, 8_000, 7_000, 6_000, 5_000, 4_000, 3_000, 2_000, 1_000, 500);

        Assert.False(_backlog.IsBehind);
    }

    [Fact]
    public void Who_is_behind_stays_so_until_the_queue_is_short()
    {
        See(110, 120, 130, 140, 150, 160, 140, 101);
        Assert.True(_backlog.IsBehind);

        See(100);

        Assert.False(_backlog.IsBehind);
    }

    [Fact]
    public void A_queue_that_nobody_takes_from_waits_for_its_service_and_is_not_behind()
    {
        See(110, 120, 130, 140, 150, 160);

        _backlog.Seen(170, isConsumed: false);

        Assert.False(_backlog.IsBehind);
        Assert.Equal(170, _backlog.Messages);
    }

    private void See(params long[] messages)
    {
        foreach (var count in messages)
            _backlog.Seen(count, isConsumed: true);
    }
}
