using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Planning;

/// <summary>How much of everything a demand needs, from what runs have measured.</summary>
public sealed class CapacityPlan
{
    /// <summary>Data in Redis, and room for fragments and for the copy that saving makes.</summary>
    private const double RedisHeadroom = 1.3;

    /// <summary>Of services two, so that one may go; of the broker three, so that quorum queues have one.</summary>
    private const int ReplicasMin = 2;

    private const int BrokerNodesMin = 3;

    /// <summary>How long messages may pile up in the broker while Postgres is away.</summary>
    private static readonly TimeSpan Backlog = TimeSpan.FromHours(1);

    private readonly CostModel _costs;
    private readonly StorageFacts _storage;

    public CapacityPlan(Demand demand, CostModel costs, StorageFacts storage)
    {
        (Demand, _costs, _storage) = (demand, costs, storage);
        Services =
        [
            .. costs.System.Where(part => !CostModel.Engines.Contains(part.Key))
                .Select(part => Plan(part.Key, demand.CoresPerReplica, ReplicasMin)),
        ];
        Broker = Plan("rabbitmq", demand.CoresPerReplica, BrokerNodesMin);
        Postgres = Plan("postgres", demand.CoresPerReplica, replicasMin: 1);
        RedisCommands = Plan("redis", coresPerReplica: 1, replicasMin: 1);
    }

    public Demand Demand { get; }

    /// <summary>Services and the gateway, each with its cores at the busiest time.</summary>
    public IReadOnlyList<PartPlan> Services { get; }

    public PartPlan Broker { get; }

    public PartPlan Postgres { get; }

    /// <summary>One Redis keeps one core busy; this many shards the commands need.</summary>
    public PartPlan RedisCommands { get; }

    /// <summary>This many shards the data needs.</summary>
    public int RedisMemoryShards => (int)Math.Max(1, Math.Ceiling(RedisBytes / Demand.ShardMemory));

    public int RedisShards => Math.Max(RedisCommands.Replicas, RedisMemoryShards);

    public double RedisBytes => RedisHeadroom * RedisData.Sum(kind => kind.Bytes);

    /// <summary>Bytes of each kind of key.</summary>
    public IReadOnlyList<(string Kind, double Bytes)> RedisData
    {
        get
        {
            var readers = Demand.People * Demand.ActiveShare;
            var posts = Demand.PostsPerDay * Keyspaces.PostSnapshots.Lifetime.TotalDays;
            return
            [
                ("timelines", readers * Key("timeline", Demand.TimelineEntries)),
                ("authors' own posts", readers * Key("timeline", OwnPosts)),
                ("whom one follows", readers * Key("relations", Demand.FollowsMean)),
                ("profiles", Demand.People * Key("account", 1)),
                ("posts of the last days", posts * (Key("post", 1) + Key("counts", 1))),
                ("marks", readers * Key("marks", MarksPerReader)),
            ];
        }
    }

    public double PostgresBytesPerYear => Demand.PostsPerDay * 365 * PerRow("posts", _storage.PostRows);

    public double PostgresBytesOfPeople =>
        (Demand.People * PerRow("accounts", _storage.PeopleRows))
        + (Demand.People * Demand.FollowsMean * PerRow("graph", _storage.FollowRows));

    /// <summary>What the broker's disks hold after <see cref="Backlog"/> without Postgres.</summary>
    public double BrokerBacklogBytes => Demand.PostsPerSecond * Backlog.TotalSeconds * Key("post", 1);

    /// <summary>What is closest to its bound when all of this is provided, and how close.</summary>
    public (string Part, double Share) First =>
        Services.Append(Broker).Append(Postgres)
            .Select(part => (part.Name, part.Cores / (part.Replicas * Demand.CoresPerReplica * Demand.Utilisation)))
            .Append(("redis commands", RedisCommands.Cores / (RedisShards * Demand.Utilisation)))
            .Append(("redis memory", RedisBytes / (RedisShards * Demand.ShardMemory)))
            .MaxBy(part => part.Item2);

    private double OwnPosts =>
        Math.Min(Demand.TimelineEntries, Demand.PostsPerDay / Math.Max(1, Demand.People * Demand.ActiveShare) * 365);

    private double MarksPerReader => Demand.PostsPerDay * Demand.MarksPerPost
        * Keyspaces.PostMarks.Lifetime.TotalDays / Math.Max(1, Demand.People * Demand.ActiveShare);

    private PartPlan Plan(string name, double coresPerReplica, int replicasMin)
    {
        var cost = _costs.Parts[name];
        var (low, high) = _costs.Interval(name, Demand.Work);
        var perReplica = coresPerReplica * Demand.Utilisation;
        int Replicas(double cores) => (int)Math.Max(replicasMin, Math.Ceiling(cores / perReplica));
        var cores = cost.Cores(Demand.Work);
        return new(name, cores, low, high, Replicas(cores), Replicas(low), Replicas(high), cost.Explained);
    }

    private double Key(string kind, double items) => _storage.RedisKeys.TryGetValue(kind, out var cost)
        ? cost.BytesFixed + (cost.BytesPerItem * items)
        : 0;

    private double PerRow(string schema, long rows) =>
        _storage.SchemaBytes.GetValueOrDefault(schema) / (double)Math.Max(1, rows);

    /// <summary>The operations per second at which this machine's cores are as busy as they may be.</summary>
    /// <param name="measured">A run whose mix of operations is meant.</param>
    public static (double Rate, string First) MachineLimit(
        CostModel costs, LoadReport measured, double cores, double utilisation)
    {
        var operations = measured.Done / measured.Seconds;
        var each = Mean(measured).Times(1 / operations);
        var idle = costs.Parts.Values.Sum(part => part.Idle);
        var perOperation = costs.Parts.Values.Sum(part => part.Cores(each));
        var byCores = ((cores * utilisation) - idle) / perOperation;
        var byRedis = utilisation / costs.Parts["redis"].Cores(each);
        return byRedis < byCores ? (byRedis, "Redis's one core") : (byCores, "all cores together");
    }

    private static Work Mean(LoadReport report)
    {
        var seconds = report.Moments.Sum(moment => moment.Length);
        return new Work(
            report.Moments.Sum(moment => moment.Posts),
            report.Moments.Sum(moment => moment.Deliveries),
            report.Moments.Sum(moment => moment.Reads),
            report.Moments.Sum(moment => moment.Marks)).Times(1 / seconds);
    }
}
