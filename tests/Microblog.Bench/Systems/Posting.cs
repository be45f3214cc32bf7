using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Microblog.Bench.Systems;

/// <summary>
/// Posts over HTTP without a pause: each author's next post follows when the last one is in all his followers'
/// timelines. So the load is as high as the system can bear, and the number of posts under way is known.
/// </summary>
public sealed class Posting(BenchSystem system)
{
    private const int CheckedReadersMax = 2_000;
    private const int TooMuch = 503;

    /// <summary>Before somebody who was refused tries again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan ArrivalDeadline = TimeSpan.FromSeconds(60);

    /// <param name="authors">One post of each of them is under way at a time; an author may be named twice.</param>
    public async Task<PostedBlock> Run(
        IReadOnlyList<Author> authors, TimeSpan length, CancellationToken cancellationToken)
    {
        var posted = new ConcurrentBag<(Author Author, long PostId)>();
        var refused = 0;
        var before = await SystemUse.Read(system);
        var started = Stopwatch.GetTimestamp();
        using (var arrivals = new Arrivals(system.Redis.Database))
        {
            await Task.WhenAll(authors.Select(async author =>
            {
                while (Stopwatch.GetElapsedTime(started) < length && !cancellationToken.IsCancellationRequested)
                {
                    if (await Post(author, cancellationToken) is not { } postId)
                    {
                        Interlocked.Increment(ref refused);
                        await Task.Delay(Pause, cancellationToken);
                        continue;
                    }

                    posted.Add((author, postId));
                    await arrivals.Of(author, postId).WaitAsync(ArrivalDeadline, cancellationToken);
                }
            }));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await SystemUse.Read(system);
        cancellationToken.ThrowIfCancellationRequested();
        await Check([.. posted]);
        return new(
            posted.Count,
            posted.Sum(post => (long)post.Author.Followers.Count),
            refused,
            seconds,
            after.Since(before));
    }

    /// <summary>Null when the system is behind and wants it later.</summary>
    private async Task<long?> Post(Author author, CancellationToken cancellationToken)
    {
        var answer = await system.Api.Send(
            HttpMethod.Post,
            "/api/v1/statuses",
            author.Person.Token,
            """{"status":"A post of the length that people usually write, to all who care to read what they write."}""",
            idempotencyKey: null,
            cancellationToken);
        return answer switch
        {
            { IsOk: true } => answer.Id(),
            { Status: TooMuch } => null,
            _ => throw new InvalidOperationException($"A post was refused: {answer.Error}"),
        };
    }

    /// <summary>Readers drawn from all must have every post exactly once.</summary>
    private async Task Check(IReadOnlyList<(Author Author, long PostId)> posted)
    {
        var expected = posted
            .SelectMany(post => post.Author.Followers.Select(follower => (follower.Id, post.PostId)))
            .ToLookup(delivery => delivery.Id, delivery => delivery.PostId);
        var readers = expected.Select(reader => reader.Key).ToArray();
        Random.Shared.Shuffle(readers);
        foreach (var readerId in readers.Take(CheckedReadersMax))
        {
            var wanted = expected[readerId].ToArray();
            var entries = await Timelines.Tail(system.Redis.Database, readerId, (2 * wanted.Length) + 400);
            var times = entries.CountBy(id => id).ToDictionary();
            if (wanted.FirstOrDefault(id => times.GetValueOrDefault(id) != 1) is var wrong && wrong != 0)
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Reader {readerId} has post {wrong} {times.GetValueOrDefault(wrong)} times."));
        }
    }
}
