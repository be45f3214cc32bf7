namespace Microblog.Bench.Systems;

/// <summary>What came of one block of a <see cref="Posting"/>.</summary>
/// <param name="Refused">Posts that the system wanted later, because it was behind.</param>
/// <param name="Seconds">From the first post until the last was in all timelines.</param>
/// <param name="Use">Of the whole system meanwhile.</param>
public sealed record PostedBlock(int Posts, long Deliveries, int Refused, double Seconds, SystemUse Use)
{
    public double DeliveriesPerSecond => Deliveries / Seconds;

    public double IdsPerPush => (double)Deliveries / Math.Max(1, Use.Pushes);

    public double CpuMicroseconds => Use.AllCpu / Deliveries * 1e6;

    public double RedisMicroseconds => Use.RedisMainThread / Deliveries * 1e6;
}
