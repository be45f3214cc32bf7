using System.Globalization;
using System.Text.RegularExpressions;

namespace Microblog.Bench.Systems;

/// <summary>Messages that the broker took from publishers and gave to consumers.</summary>
public sealed partial record BrokerCounts(long Received, long Delivered)
{
    private const string Overview = "rabbit_global_counters:overview().";

    public static async Task<BrokerCounts> Read(BenchSystem system)
    {
        var text = await system.Servers("rabbitmqctl", "eval", Overview);
        return new(Sum(ReceivedOf().Matches(text)), Sum(DeliveredOf().Matches(text)));
    }

    public BrokerCounts Since(BrokerCounts before) => new(Received - before.Received, Delivered - before.Delivered);

    private static long Sum(MatchCollection matches) =>
        matches.Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bmessages_received_total\s*=>\s*(\d+)")]
    private static partial Regex ReceivedOf();

    [GeneratedRegex(@"\bmessages_delivered_total\s*=>\s*(\d+)")]
    private static partial Regex DeliveredOf();
}
