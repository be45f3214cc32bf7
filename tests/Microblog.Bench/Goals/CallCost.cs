using Microblog.Bench.Peers;
using Microblog.Contracts.Ingest;

namespace Microblog.Bench.Goals;

/// <summary>What publishing and consuming cost a process of ours.</summary>
/// <param name="OneByOne">Messages per second, each confirmed before the next.</param>
/// <param name="Together">Messages per second, confirmed together.</param>
/// <param name="Publish">Microseconds of CPU per message published.</param>
/// <param name="Consume">Microseconds of CPU per message consumed in batches.</param>
internal sealed record CallCost(double OneByOne, double Together, double Publish, double Consume)
{
    private const int TogetherCount = 10_000;
    private const int OneByOneTrial = 100;

    public static async Task<CallCost> Measure(BrokerRoom room, PostCreated message, TimeSpan length)
    {
        await using var silent = await OurBroker.Start(room.Address, consumes: false);
        var trial = await Seconds(() => silent.PublishOneByOne(message, OneByOneTrial));
        var count = (int)Math.Max(OneByOneTrial, OneByOneTrial / trial * length.TotalSeconds);
        var oneByOne = count / await Seconds(() => silent.PublishOneByOne(message, count));

        var before = Environment.CpuUsage.TotalTime;
        var together = TogetherCount / await Seconds(() => silent.PublishTogether(message, TogetherCount));
        var publish = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / TogetherCount;

        var waiting = OneByOneTrial + count + TogetherCount;
        before = Environment.CpuUsage.TotalTime;
        await using var consuming = await OurBroker.Start(room.Address, consumes: true, awaited: waiting);
        await consuming.Done;
        var consume = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / waiting;
        return new(oneByOne, together, publish, consume);
    }

    private static async Task<double> Seconds(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
