using Microblog.FanOut.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.FanOut.Tests.Storage;

[Collection(nameof(RunningFanOut))]
public class RecentFollowersTests(RunningFanOut fanOut)
{
    private readonly long _author = RunningFanOut.NewId();
    private readonly long _follower = RunningFanOut.NewId();

    [Fact]
    public async Task Authors_without_recent_followers_are_left_out()
    {
        var (other, settings) = (RunningFanOut.NewId(), new FanOutOptions());
        await At(TimeSpan.Zero, settings).Remember(_author, _follower, TimeProvider.System.GetUtcNow());

        var recent = await At(TimeSpan.Zero, settings).Of([other, _author]);

        Assert.Equal((_author, _follower), (Assert.Single(recent).Key, Assert.Single(recent[_author])));
    }

    [Fact]
    public async Task Who_was_merged_long_ago_is_no_longer_recent()
    {
        var settings = new FanOutOptions();
        await At(TimeSpan.Zero, settings).Remember(_author, _follower, TimeProvider.System.GetUtcNow());

        Assert.Empty(await At(settings.FollowMemory + TimeSpan.FromMinutes(1), settings).Of([_author]));
    }

    private RecentFollowers At(TimeSpan ahead, FanOutOptions settings) =>
        new(fanOut.Redis, new ClockAhead(ahead), Options.Create(settings));

    private sealed class ClockAhead(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
