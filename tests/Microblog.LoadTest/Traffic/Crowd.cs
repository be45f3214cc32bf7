using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Traffic;

/// <summary>
/// People who do one thing after the other through the client API. What they choose is chosen before anything is sent,
/// by one thread, so that a seed decides it.
/// </summary>
/// <param name="watchers">People whose follows must not change, because their timelines are checked.</param>
public sealed class Crowd(
    World world,
    TrafficOptions options,
    Api api,
    Journal journal,
    Recorder recorder,
    LagWatch watch,
    IReadOnlySet<int> watchers)
{
    /// <summary>How long somebody stays connected to a stream.</summary>
    private static readonly TimeSpan StreamLength = TimeSpan.FromSeconds(10);

    private static readonly string[] Words =
    [
        "coffee", "tide", "lantern", "orbit", "gravel", "violin", "harbour", "maple", "signal", "thunder", "paper",
        "walnut", "railway", "copper", "meadow", "compass", "ember", "glacier", "kettle", "window",
    ];

    private readonly Random _random = new(options.Seed + options.Shard);
    private readonly string _run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly Wanderings _wanderings = new();
    private int _writes;

    public Activity Activity { get; } = new(world.Graph, options.Zipf, options.FanOutMean, options.Seed);

    /// <summary>Whether the origin offers streams; without, nobody opens one.</summary>
    public bool OffersStreams { get; init; }

    /// <summary>Begins the operation; returns when it is answered.</summary>
    /// <param name="intendedAt">When it was to be sent: its latency counts from then.</param>
    /// <param name="isEvent">Whether famous people are replying to each other.</param>
    public Task Do(Operation operation, long intendedAt, bool isEvent, CancellationToken cancellationToken) =>
        operation switch
        {
            Operation.Post when isEvent => PostInEvent(intendedAt, cancellationToken),
            Operation.Reply when journal.Recent(_random) is { } target =>
                Write(PostKind.Reply, Mine(Activity.Author), target, intendedAt, cancellationToken),
            Operation.Boost when journal.Recent(_random) is { } target =>
                Write(PostKind.Boost, Mine(Activity.Reader), target, intendedAt, cancellationToken),
            Operation.Favourite when journal.Recent(_random) is { } target =>
                Favourite(Mine(Activity.Reader), target, intendedAt, cancellationToken),
            Operation.Delete when journal.Recent(_random) is { } target =>
                Delete(target, intendedAt, cancellationToken),
            // Nothing has been written yet: somebody must begin.
            Operation.Post or Operation.Reply or Operation.Boost or Operation.Favourite or Operation.Delete =>
                Write(PostKind.Post, Mine(Activity.Author), target: null, intendedAt, cancellationToken),
            Operation.Follow => Wander(intendedAt, cancellationToken),
            Operation.Stream when OffersStreams => Stream(Mine(Activity.Reader), intendedAt, cancellationToken),
            Operation.Read or Operation.Page or Operation.Stream =>
                Read(Mine(Activity.Reader), _random.NextDouble() < options.PagingShare, intendedAt, cancellationToken),
            _ => throw new InvalidOperationException($"Nobody knows how to {operation}."),
        };

    /// <summary>Takes back the follows that this run made.</summary>
    public async Task TakeFollowsBack(CancellationToken cancellationToken)
    {
        while (_wanderings.Oldest() is { } follow)
            await SendFollow(follow, "unfollow", cancellationToken);
    }

    private int Mine(Func<Random, int> draw)
    {
        while (true)
        {
            var person = draw(_random);
            if (person % options.Shards == options.Shard - 1)
                return person;
        }
    }

    private Task PostInEvent(long intendedAt, CancellationToken cancellationToken) =>
        journal.Recent(_random, post => Activity.IsFamous(post.Author)) is { } target
            ? Write(PostKind.Reply, Activity.Famous(_random), target, intendedAt, cancellationToken)
            : Write(PostKind.Post, Activity.Famous(_random), target: null, intendedAt, cancellationToken);

    private async Task Write(
        PostKind kind, int author, AcceptedPost? target, long intendedAt, CancellationToken cancellationToken)
    {
        var answer = kind == PostKind.Boost
            ? await Send(HttpMethod.Post, $"/api/v1/statuses/{target!.Id}/reblog", author, cancellationToken)
            : await SendText(author, target, cancellationToken);
        // Whoever boosts, or replies to, what was deleted meanwhile is told so, and that is right.
        if (answer.Status == 404 && target?.IsDisturbed == true)
            return;
        var operation = kind switch
        {
            PostKind.Boost => Operation.Boost,
            PostKind.Reply => Operation.Reply,
            PostKind.Post or _ => Operation.Post,
        };
        Record(operation, intendedAt, answer);
        if (!answer.IsOk)
            return;

        var post = new AcceptedPost(answer.Id(), author, kind, target, answer.At);
        if (!journal.Add(post))
            return;
        recorder.Deliver(journal.Audience(post));
        if (kind == PostKind.Post)
            await watch.Watch(post, intendedAt, cancellationToken);
    }

    private Task<Answer> SendText(int author, AcceptedPost? target, CancellationToken cancellationToken)
    {
        var number = ++_writes;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{_run} {number} {string.Join(' ', _random.GetItems(Words, 6 + _random.Next(14)))}");
        var body = new JsonObject { ["status"] = text };
        if (target is not null)
            body["in_reply_to_id"] = target.Id.ToString(CultureInfo.InvariantCulture);
        return api.Send(
            HttpMethod.Post,
            "/api/v1/statuses",
            world.People[author].Token,
            body.ToJsonString(),
            string.Create(CultureInfo.InvariantCulture, $"{_run}-{options.Shard}-{number}"),
            cancellationToken);
    }

    private async Task Favourite(
        int person, AcceptedPost target, long intendedAt, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/statuses/{target.Id}/favourite";
        var answer = await Send(HttpMethod.Post, path, person, cancellationToken);
        if (answer.Status != 404 || !target.IsDisturbed)
            Record(Operation.Favourite, intendedAt, answer);
    }

    private async Task Delete(AcceptedPost post, long intendedAt, CancellationToken cancellationToken)
    {
        post.Disturb();
        var path = $"/api/v1/statuses/{post.Id}";
        Record(Operation.Delete, intendedAt, await Send(HttpMethod.Delete, path, post.Author, cancellationToken));
    }

    private async Task Read(int reader, bool goesOn, long intendedAt, CancellationToken cancellationToken)
    {
        var answer = await Send(HttpMethod.Get, "/api/v1/timelines/home?limit=20", reader, cancellationToken);
        Record(Operation.Read, intendedAt, answer);
        if (!goesOn || !answer.IsOk || answer.Ids() is not { Count: > 0 } ids)
            return;

        var path = $"/api/v1/timelines/home?limit=20&max_id={ids[^1]}";
        Record(Operation.Page, answer.At, await Send(HttpMethod.Get, path, reader, cancellationToken));
    }

    private async Task Wander(long intendedAt, CancellationToken cancellationToken)
    {
        if (_wanderings.Count >= Wanderings.FollowsMax && _wanderings.Oldest() is { } oldest)
        {
            Record(Operation.Follow, intendedAt, await SendFollow(oldest, "unfollow", cancellationToken));
            return;
        }

        if (NewFollow() is not { } follow)
        {
            await Read(Mine(Activity.Reader), goesOn: false, intendedAt, cancellationToken);
            return;
        }

        Record(Operation.Follow, intendedAt, await SendFollow(follow, "follow", cancellationToken));
        _wanderings.Made(follow.Follower, follow.Followee);
    }

    /// <summary>Null when nobody is found who could follow somebody else; in a small world that happens.</summary>
    private (int Follower, int Followee)? NewFollow()
    {
        const int TriesMax = 50;
        for (var i = 0; i < TriesMax; i++)
        {
            var follower = Mine(person => person.Next(world.Graph.PeopleCount));
            var followee = Activity.Author(_random);
            if (!watchers.Contains(follower) && follower != followee && !world.Graph.Follows(follower, followee)
                && _wanderings.TryBegin(follower, followee))
                return (follower, followee);
        }

        return null;
    }

    private async Task<Answer> SendFollow(
        (int Follower, int Followee) follow, string verb, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/accounts/{world.People[follow.Followee].Id}/{verb}";
        var answer = await Send(HttpMethod.Post, path, follow.Follower, cancellationToken);
        if (verb == "unfollow")
            _wanderings.TakenBack(follow);
        return answer;
    }

    private async Task Stream(int reader, long intendedAt, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(StreamLength);
        try
        {
            var token = world.People[reader].Token;
            using var response = await api.Open("/api/v1/streaming/user", token, end.Token);
            Record(Operation.Stream, intendedAt, new((int)response.StatusCode, [], Stopwatch.GetTimestamp()));
            if (!response.IsSuccessStatusCode)
                return;
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(end.Token));
            while (await lines.ReadLineAsync(end.Token) is { } line)
            {
                if (line.StartsWith("event:", StringComparison.Ordinal))
                    recorder.RecordEvent();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It has been open long enough.
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            Record(Operation.Stream, intendedAt, Answer.Broken);
        }
    }

    private Task<Answer> Send(HttpMethod method, string path, int person, CancellationToken cancellationToken) =>
        api.Send(method, path, world.People[person].Token, cancellationToken: cancellationToken);

    private void Record(Operation operation, long intendedAt, Answer answer) =>
        recorder.Record(operation, Stopwatch.GetElapsedTime(intendedAt, answer.At), answer.Error);
}
