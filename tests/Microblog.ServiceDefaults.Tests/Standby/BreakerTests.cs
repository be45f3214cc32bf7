using Microblog.ServiceDefaults.Standby;

namespace Microblog.ServiceDefaults.Tests.Standby;

public class BreakerTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public void While_nothing_fails_everybody_passes()
    {
        var breaker = new Breaker(firstProbeAfter: Never, probeEvery: Never);

        Assert.True(breaker.LetsThrough());
        Assert.True(breaker.LetsThrough());
    }

    [Fact]
    public void After_a_failure_one_of_many_at_once_is_the_probe()
    {
        var breaker = new Breaker(firstProbeAfter: TimeSpan.Zero, probeEvery: Never);
        breaker.Failed();
        var passed = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (breaker.LetsThrough())
                Interlocked.Increment(ref passed);
        });

        Assert.Equal(1, passed);
    }

    [Fact]
    public async Task A_probe_that_fails_is_followed_by_another_one_later()
    {
        var breaker = new Breaker(firstProbeAfter: TimeSpan.Zero, probeEvery: TimeSpan.FromMilliseconds(100));
        breaker.Failed();
        Assert.True(breaker.LetsThrough());
        breaker.Failed();
        Assert.False(breaker.LetsThrough());

        await Task.Delay(TimeSpan.FromMilliseconds(150));

        Assert.True(breaker.LetsThrough());
        Assert.False(breaker.LetsThrough());
    }

    [Fact]
    public void A_success_lets_everybody_pass_again()
    {
        var breaker = new Breaker(firstProbeAfter: Never, probeEvery: Never);
        breaker.Failed();
        Assert.False(breaker.LetsThrough());

        breaker.Succeeded();

        Assert.True(breaker.LetsThrough());
        Assert.False(breaker.IsOpen);
    }
}
