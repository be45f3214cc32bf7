using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microblog.Outage;

namespace Microblog.Fuzz;

/// <summary>Sends requests to a running system and judges every answer.</summary>
/// <param name="home">Where the instance lives, for the memory of its processes.</param>
public sealed class Fuzzer(Uri origin, string home, int seed)
{
    private const int Workers = 8;

    private readonly Judge _judge = new(origin);
    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentBag<TimeSpan> _times = [];
    private readonly ConcurrentQueue<Complaint> _complaints = [];
    private readonly ConcurrentDictionary<Operation, bool> _succeeded = [];

    /// <summary>Requests answered so far.</summary>
    public int Done => _times.Count;

    /// <summary>What was wrong so far.</summary>
    public IReadOnlyCollection<Complaint> Complaints => _complaints;

    public async Task<Outcome> Run(int requests, CancellationToken cancellationToken)
    {
        using var client = new Client(origin);
        var world = await World.Create(client);
        var maker = new ShotMaker(world, origin, Operations.All, seed);
        using var gun = new Gun(origin);
        var watch = Stopwatch.StartNew();

        // Code is compiled and caches are filled by the first tenth; what grows afterwards, grows for ever.
        var first = requests / 10;
        await Fire(world, maker, gun, 0, first, cancellationToken);
        var before = Memory.Of(home);
        await Fire(world, maker, gun, first, requests - first, cancellationToken);

        return new(
            _times.Count,
            watch.Elapsed,
            _statuses,
            [.. _times.Order()],
            [.. _complaints],
            before,
            Memory.Of(home),
            [.. Operations.All.Where(operation => !_succeeded.ContainsKey(operation))]);
    }

    private Task Fire(
        World world, ShotMaker maker, Gun gun, int start, int count, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(start, count),
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellationToken },
            async (index, _) =>
            {
                var shot = maker.Make(index);
                var reply = await gun.Fire(shot);
                Note(world, shot, reply);
            });

    private void Note(World world, Shot shot, Reply reply)
    {
        _times.Add(reply.Took);
        _statuses.AddOrUpdate(reply.Status, 1, (_, count) => count + 1);
        if (_judge.Complaint(shot, reply) is { } what)
            _complaints.Enqueue(new(shot, reply, what));
        if (reply.Status is < 200 or >= 400 || shot.Method != shot.Operation.Method)
            return;

        _succeeded[shot.Operation] = true;
        if (shot.Operation is { Method: "POST", Path: "/api/v1/statuses" })
            world.Add((string)JsonSerializer.Deserialize<JsonNode>(reply.Body)!["id"]!);
    }
}
