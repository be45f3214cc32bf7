using Microblog.FanOut.Storage;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.FanOut.Tests.Storage;

[Collection(nameof(RunningFanOut))]
public class NewestDeliveredTests(RunningFanOut fanOut)
{
    [Fact]
    public async Task A_process_that_has_just_started_knows_how_far_another_one_was()
    {
        using var redis = fanOut.ADatabase(1);
        var (older, newer) = (RunningFanOut.NewId(), RunningFanOut.NewId());

        await AProcess(redis).Including([newer]);

        Assert.Equal(IdSequence.CreatedAt(newer), await AProcess(redis).Including([older]));
    }

    [Fact]
    public async Task A_post_of_the_future_makes_nothing_late()
    {
        using var redis = fanOut.ADatabase(2);
        var future = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds() << 16;

        Assert.True(await AProcess(redis).Including([future]) <= TimeProvider.System.GetUtcNow());
    }

    private static NewestDelivered AProcess(RedisGateway redis) => new(redis, TimeProvider.System);
}
