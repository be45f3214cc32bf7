using Microblog.LoadTest.Planning;

namespace Microblog.LoadTest.Tests.Planning;

public sealed class CapacityPlanTests
{
    private static readonly Demand Demand = new(
        People: 1_000_000,
        PostsPerDay: 8_640_000,
        FollowersMean: 75,
        ReadsPerSecond: 2_000,
        Peak: 2,
        ActiveShare: .5,
        TimelineEntries: 800,
        FollowsMean: 75,
        MarksPerPost: 0,
        Utilisation: .5,
        CoresPerReplica: 2,
        ShardMemory: 16e9);

    private static readonly CostModel Costs = CostModel.Fit([AReport.Of(100), AReport.Of(200), AReport.Of(400)]);

    [Fact]
    public void A_service_gets_as_many_replicas_as_its_work_costs()
    {
        var timeline = Plan(Demand).Services.Single(part => part.Name == "timeline");

        // 200 posts and 2,000 reads a second: 0.7 cores, and a replica may use one.
        Assert.Equal(.7, timeline.Cores, tolerance: .01);
        Assert.InRange(timeline.Cores, timeline.CoresLow - .01, timeline.CoresHigh + .01);
        Assert.Equal(2, timeline.Replicas);
        Assert.Equal(7, Plan(Demand with { PostsPerDay = 0, ReadsPerSecond = 22_000 }).Services.Single().Replicas);
    }

    [Fact]
    public void Redis_has_a_shard_for_each_core_of_commands()
    {
        // 86,400,000 posts a day at twice the mean, half of 75 followers with a timeline: 75,000 deliveries a second.
        var plan = Plan(Demand with { PostsPerDay = 86_400_000 });

        Assert.Equal(.3, plan.RedisCommands.Cores, tolerance: .01);
        Assert.Equal(1, plan.RedisCommands.Replicas);
        Assert.Equal(10, Plan(Demand with { PostsPerDay = 1_400_000_000 }).RedisCommands.Replicas);
    }

    [Fact]
    public void Redis_has_room_for_every_timeline()
    {
        var (_, bytes) = Plan(Demand).RedisData.Single(kind => kind.Kind == "timelines");

        Assert.Equal(500_000 * (100 + (800 * 10.0)), bytes);
        Assert.Equal(
            (int)Math.Ceiling(Plan(Demand).RedisBytes / Demand.ShardMemory), Plan(Demand).RedisMemoryShards);
    }

    [Fact]
    public void The_limit_of_a_machine_is_where_its_cores_are_busy()
    {
        var measured = AReport.Of(400);

        var (rate, _) = CapacityPlan.MachineLimit(Costs, measured, cores: 2, utilisation: .9);

        var used = measured.Moments.Average(moment => moment.Cpu.Values.Sum() - moment.Cpu["others"]);
        used -= AReport.IdleCores;
        Assert.Equal(
            (1.8 - AReport.IdleCores) / used * (measured.Done / measured.Seconds), rate, tolerance: rate / 50);
    }

    [Fact]
    public void Too_little_measured_makes_no_plan() => Assert.Throws<CommandLineException>(
        () => CostModel.Fit([AReport.Of() with { Moments = [] }]));

    private static CapacityPlan Plan(Demand demand) => new(demand, Costs, AReport.Of().Storage!);
}
