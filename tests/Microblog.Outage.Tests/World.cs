namespace Microblog.Outage.Tests;

/// <summary>
/// Bob follows Alice; she posted, boosted an older post and likes it, and everything is where it should be until a
/// test breaks it.
/// </summary>
internal sealed class World
{
    public const long OlderId = 500;
    public const long PostId = 1000;
    public const long BoostId = 2000;
    public const string Text = "outage 7 number 1";

    private readonly DateTimeOffset _since;
    private readonly List<Write> _writes;

    public World(DateTimeOffset noon)
    {
        _since = noon;
        Following.End(Bob.Id, Alice.Id, follows: true, noon.AddHours(-1));
        var older = Answered(new(0, WriteKind.Post, Alice, "older", null) { StartedAt = noon.AddMinutes(-1) }, OlderId);
        _writes =
        [
            older,
            Answered(new(1, WriteKind.Post, Alice, Text, null) { StartedAt = noon.AddMinutes(1) }, PostId),
            Answered(new(2, WriteKind.Boost, Alice, "", older) { StartedAt = noon.AddMinutes(2) }, BoostId),
            Answered(new(3, WriteKind.Favourite, Alice, "", older) { StartedAt = noon.AddMinutes(3) }, null),
        ];
        Rows =
        [
            new(PostId, Alice.Id, Text, null, IsDeleted: false),
            new(BoostId, Alice.Id, "", OlderId, IsDeleted: false),
            new(OlderId, Alice.Id, "older", null, IsDeleted: false),
        ];
        Homes = new() { [Alice.Id] = Home(), [Bob.Id] = Home() };
    }

    public static Person Alice { get; } = new("alice", 1, "");

    public static Person Bob { get; } = new("bob", 2, "");

    public Following Following { get; } = new();

    public List<StoredRow> Rows { get; }

    public HashSet<(long PostId, long AccountId)> Favourites { get; } = [(OlderId, Alice.Id)];

    public Dictionary<long, List<HomeEntry>> Homes { get; }

    public IReadOnlyList<Finding> Check()
    {
        var homes = Homes.ToDictionary(home => home.Key, home => (IReadOnlyList<HomeEntry>)home.Value);
        return new Checker(_writes, Following, new(Rows, Favourites, homes), _since).Check();
    }

    /// <summary>Alice deletes her post; the world stays as it is.</summary>
    public void Delete(int answered)
    {
        var delete = new Write(4, WriteKind.Delete, Alice, "", _writes[1]) { StartedAt = _since.AddMinutes(4) };
        delete.First = delete.Last = Said(answered);
        _writes[1].Deletion = delete;
        _writes.Add(delete);
    }

    /// <summary>Alice was told that her post was not accepted; the world stays as it is.</summary>
    public void Refuse(int status)
    {
        _writes[1].First = _writes[1].Last = Said(status);
        _writes[1].PostId = null;
    }

    private static List<HomeEntry> Home() =>
    [
        new(BoostId, Alice.Id, Checker.ContentOf("older"), OlderId),
        new(PostId, Alice.Id, Checker.ContentOf(Text), null),
    ];

    private static Write Answered(Write write, long? postId)
    {
        write.First = write.Last = Said(200);
        write.PostId = postId;
        return write;
    }

    private static Answer Said(int status) => new(status, null, null, null, TimeSpan.Zero);
}
