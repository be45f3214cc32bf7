using Microblog.Bench.Peers;
using Microblog.Contracts.Ingest;

namespace Microblog.Bench.Goals;

/// <summary>Messages published and confirmed per second.</summary>
/// <param name="OneByOne">Each confirmed before the next.</param>
/// <param name="Together">A thousand under way.</param>
internal sealed record ConfirmRate(double OneByOne, double Together)
{
    private const int TogetherCount = 10_000;
    private const int OneByOneTrial = 100;

    public static async Task<ConfirmRate> Measure(BrokerRoom room, PostsCreated message, TimeSpan length)
    {
        await using var silent = await OurBroker.Start(room.Address, consumes: false);
        var trial = await Seconds(() => silent.PublishOneByOne(message, OneByOneTrial));
        var count = (int)Math.Max(OneByOneTrial, OneByOneTrial / trial * length.TotalSeconds);
        var oneByOne = count / await Seconds(() => silent.PublishOneByOne(message, count));
        var together = TogetherCount / await Seconds(() => silent.PublishTogether(message, TogetherCount));
        await using var consuming = await OurBroker.Start(
            room.Address, consumes: true, awaited: OneByOneTrial + count + TogetherCount);
        await consuming.Done;
        return new(oneByOne, together);
    }

    private static async Task<double> Seconds(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
