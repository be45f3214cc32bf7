namespace Microblog.Outage;

/// <summary>
/// What people do all the time, in open loop: a request is sent when its moment has come, however slowly earlier ones
/// are answered. With a deadline on each request no more than <c>perSecond × Deadline</c> are ever under way.
/// </summary>
public sealed class Traffic(
    Client client,
    IReadOnlyList<Person> people,
    Following following,
    Journal journal,
    Random random,
    TimeProvider clock)
{
    /// <summary>Of the people so many follow and unfollow as it pleases them; the others stay.</summary>
    private const int WanderersCount = 4;

    /// <summary>Replies, boosts, likes and deletions are about one of so many newest posts.</summary>
    private const int RecentMax = 100;

    private const int RepeatsMax = 4;

    private static readonly TimeSpan RepeatAfterMax = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<Write> _recent = [];
    private readonly HashSet<(long, long?, WriteKind)> _marked = [];
    private readonly string _run = $"outage {random.Next(1_000_000)}";

    private List<Task> _underWay = [];
    private int _writeCount;
    private volatile bool _isPaused = true;

    /// <summary>Until cancelled; begins paused.</summary>
    public async Task Run(double perSecond, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond), clock);
        while (!cancellationToken.IsCancellationRequested && await timer.WaitForNextTickAsync(cancellationToken))
        {
            lock (_lock)
            {
                _underWay.RemoveAll(task => task.IsCompletedSuccessfully);
                if (!_isPaused)
                    _underWay.Add(Something());
            }
        }
    }

    public void Resume() => _isPaused = false;

    /// <summary>Returns when everything under way is answered, repetitions included.</summary>
    public async Task Pause()
    {
        _isPaused = true;
        List<Task> underWay;
        lock (_lock)
            (underWay, _underWay) = (_underWay, []);
        await Task.WhenAll(underWay);
    }

    /// <summary>
    /// Asks again, until it is answered, for every follow of which nobody can say whether it took place.
    /// </summary>
    public async Task SettleFollows()
    {
        foreach (var (reader, author) in following.Open)
            await Follow(people.Single(person => person.Id == reader), author, follows: true);
    }

    private Task Something()
    {
        var person = people[random.Next(people.Count)];
        return random.Next(100) switch
        {
            < 40 => Write(New(WriteKind.Post, person, null)),
            < 52 when Target(_ => true) is { } post => Write(New(WriteKind.Reply, person, post)),
            < 60 when Unmarked(person, WriteKind.Boost) is { } boost => Write(boost),
            < 72 when Unmarked(person, WriteKind.Favourite) is { } favourite => Write(favourite),
            < 77 when Target(_ => true) is { } post => Delete(post),
            < 80 => Wander(people[^(1 + random.Next(WanderersCount))], person.Id),
            _ => Read(person),
        };
    }

    private Write New(WriteKind kind, Person author, Write? target)
    {
        var number = ++_writeCount;
        var text = kind is WriteKind.Post or WriteKind.Reply ? $"{_run} number {number}" : "";
        return new(number, kind, author, text, target) { StartedAt = clock.GetUtcNow() };
    }

    private Task Delete(Write post)
    {
        var delete = New(WriteKind.Delete, post.Author, post);
        post.Deletion = delete;
        return Write(delete);
    }

    /// <summary>Something recently posted that nobody is about to delete; null when there is none.</summary>
    private Write? Target(Func<Write, bool> isFit)
    {
        var fit = _recent.Where(post => post.Deletion is null && post.Kind != WriteKind.Boost && isFit(post)).ToArray();
        return fit.Length == 0 ? null : fit[random.Next(fit.Length)];
    }

    /// <summary>
    /// About something that the person has not marked so before: of a second boost nobody could tell a copy. Null when
    /// there is nothing left.
    /// </summary>
    private Write? Unmarked(Person person, WriteKind kind)
    {
        if (Target(post => !_marked.Contains((person.Id, post.PostId, kind))) is not { } target)
            return null;
        _marked.Add((person.Id, target.PostId, kind));
        return New(kind, person, target);
    }

    private async Task Write(Write write)
    {
        var answer = write.First = await Send(write);
        for (var repeat = 0; repeat < RepeatsMax && answer is { Status: >= 500, RetryAfter: { } after }; repeat++)
        {
            await Task.Delay(after < RepeatAfterMax ? after : RepeatAfterMax, clock);
            answer = await Send(write);
        }

        write.AnsweredAt = clock.GetUtcNow();
        if (answer.IsOk && write.MakesPost)
            write.PostId = answer.Id;
        write.Last = answer;
        journal.Add(write);
        if (!answer.IsOk || !write.MakesPost)
            return;

        lock (_lock)
        {
            _recent.Add(write);
            if (_recent.Count > RecentMax)
                _recent.RemoveAt(0);
        }
    }

    private Task<Answer> Send(Write write)
    {
        var target = $"/api/v1/statuses/{write.Target?.PostId}";
        var token = write.Author.Token;
        return write.Kind switch
        {
            WriteKind.Boost => client.Send(HttpMethod.Post, $"{target}/reblog", token),
            WriteKind.Favourite => client.Send(HttpMethod.Post, $"{target}/favourite", token),
            WriteKind.Delete => client.Send(HttpMethod.Delete, target, token),
            WriteKind.Post or WriteKind.Reply => client.Send(
                HttpMethod.Post,
                "/api/v1/statuses",
                token,
                new { status = write.Text, in_reply_to_id = write.Target?.PostId?.ToString((IFormatProvider?)null) },
                write.Key),
            _ => throw new InvalidOperationException($"Write {write.Number} is of kind {write.Kind}."),
        };
    }

    private async Task Read(Person reader)
    {
        var startedAt = clock.GetUtcNow();
        var answer = await client.Send(HttpMethod.Get, "/api/v1/timelines/home", reader.Token);
        journal.Add(new Read(startedAt, reader.Name, answer.Status, answer.Took.TotalMilliseconds, answer.Standby));
    }

    private Task Wander(Person reader, long authorId)
    {
        var now = clock.GetUtcNow();
        // One change at a time: of two under way nobody could tell which came last.
        if (reader.Id == authorId || following.Open.Contains((reader.Id, authorId)))
            return Task.CompletedTask;
        return Follow(reader, authorId, follows: !following.Since(reader.Id, authorId, now));
    }

    private async Task Follow(Person reader, long authorId, bool follows)
    {
        following.Begin(reader.Id, authorId);
        var verb = follows ? "follow" : "unfollow";
        var answer = await client.Send(HttpMethod.Post, $"/api/v1/accounts/{authorId}/{verb}", reader.Token);
        if (answer.IsOk)
            following.End(reader.Id, authorId, follows, clock.GetUtcNow());
    }
}
