using Microblog.Bench.Peers;
using Microblog.Contracts.Ingest;

namespace Microblog.Bench.Goals;

/// <summary>What publishing and consuming cost a process of ours.</summary>
/// <param name="Publish">Microseconds of CPU per message published.</param>
/// <param name="Consume">Microseconds of CPU per message consumed in batches.</param>
internal sealed record CallCost(double Publish, double Consume)
{
    private const int PostsTogether = 20_000;

    public static async Task<CallCost> Measure(BrokerRoom room, PostsCreated message)
    {
        var count = PostsTogether / message.Posts.Count;
        await using var silent = await OurBroker.Start(room.Address, consumes: false);
        var before = Environment.CpuUsage.TotalTime;
        await silent.PublishTogether(message, count);
        var publish = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;

        before = Environment.CpuUsage.TotalTime;
        await using var consuming = await OurBroker.Start(room.Address, consumes: true, awaited: count);
        await consuming.Done;
        return new(publish, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
    }
}
