using System.Collections.Concurrent;
using System.Globalization;

namespace Microblog.Outage;

/// <summary>Posts and reads as fast as is asked for, and nothing is repeated: what is refused stays refused.</summary>
public sealed class Flood(Client client, IReadOnlyList<Person> people, Journal journal, int seed, TimeProvider clock)
{
    /// <summary>Of so many requests one reads a home timeline, the others post.</summary>
    private const int OneReadIn = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(seed);
    private int _requestCount;

    /// <summary>
    /// So many clients, each of which asks again when it has been answered: never more than can be borne.
    /// </summary>
    public async Task<IReadOnlyList<Answer>> Closed(int clients, TimeSpan length)
    {
        var end = clock.GetUtcNow() + length;
        var answers = new ConcurrentBag<Answer>();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (clock.GetUtcNow() < end)
                answers.Add(await Something());
        })));
        return [.. answers];
    }

    /// <summary>So many requests a second, however they are answered.</summary>
    public async Task<IReadOnlyList<Answer>> Open(double perSecond, TimeSpan length)
    {
        var start = clock.GetTimestamp();
        var underWay = new List<Task<Answer>>();
        using var timer = new PeriodicTimer(Tick, clock);
        while (clock.GetElapsedTime(start) < length && await timer.WaitForNextTickAsync())
        {
            var due = perSecond * clock.GetElapsedTime(start).TotalSeconds;
            while (underWay.Count < due)
                underWay.Add(Task.Run(Something));
        }

        return await Task.WhenAll(underWay);
    }

    private Task<Answer> Something()
    {
        var number = Interlocked.Increment(ref _requestCount);
        Person person;
        lock (_random)
            person = people[_random.Next(people.Count)];
        return number % OneReadIn == 0 ? Read(person) : Post(person, number);
    }

    private async Task<Answer> Post(Person author, int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"overload {seed} number {number}");
        var write = new Write(number, WriteKind.Post, author, text, null) { StartedAt = clock.GetUtcNow() };
        var answer = await client.Send(
            HttpMethod.Post, "/api/v1/statuses", author.Token, new { status = text }, write.Key);
        write.AnsweredAt = clock.GetUtcNow();
        if (answer.IsOk)
            write.PostId = answer.Id;
        write.First = write.Last = answer;
        journal.Add(write);
        return answer;
    }

    private async Task<Answer> Read(Person reader)
    {
        var startedAt = clock.GetUtcNow();
        var answer = await client.Send(HttpMethod.Get, "/api/v1/timelines/home", reader.Token);
        journal.Add(new Read(startedAt, reader.Name, answer.Status, answer.Took.TotalMilliseconds, answer.Standby));
        // Only what was posted has an id of its own.
        return answer with { Json = null };
    }
}
