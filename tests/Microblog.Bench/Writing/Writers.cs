using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microblog.Bench.Systems;
using Microblog.LoadTest;
using Microblog.LoadTest.Traffic;
using Arrivals = Microblog.LoadTest.Traffic.Arrivals;

namespace Microblog.Bench.Writing;

/// <summary>Authors who post over HTTP, few of them often and most of them seldom.</summary>
internal sealed class Writers(BenchSystem system, IReadOnlyList<Author> authors)
{
    private const double Zipf = 0.9;
    private const int NewestMax = 50;
    private const int Seed = 1;

    /// <summary>Posts that may be without an answer: beyond it the machine has no more to say.</summary>
    private const int UnansweredMax = 5_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly WeightedChoice _choice = WeightedChoice.Zipf(authors.Count, Zipf);
    private readonly Random _random = new(Seed);
    private int _number;

    /// <summary>So many clients, of whom each posts again when it has been answered.</summary>
    public async Task<PostingResult> Closed(int clients, TimeSpan length, CancellationToken cancellationToken)
    {
        var count = new Count();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(started) < length)
                    await Post(Next(), count, cancellationToken);
            },
            cancellationToken)));
        return count.Result(Stopwatch.GetElapsedTime(started));
    }

    /// <summary>So many posts a second, at random times, however they are answered.</summary>
    /// <param name="watch">Sees each post that was accepted, and when it was to be sent.</param>
    public async Task<PostingResult> Open(
        double perSecond,
        TimeSpan length,
        Func<(long PostId, Author Author), long, Task>? watch,
        CancellationToken cancellationToken)
    {
        var count = new Count();
        var started = Stopwatch.GetTimestamp();
        var underWay = new ConcurrentDictionary<Task, bool>();
        foreach (var arrival in Arrivals.Draw(perSecond, RateProfile.Steady, length, _random))
        {
            while (Stopwatch.GetElapsedTime(started) < arrival)
                await Task.Delay(Tick, TimeProvider.System, cancellationToken);
            if (underWay.Count >= UnansweredMax)
                throw new InvalidOperationException($"{UnansweredMax} posts are without an answer.");
            var intendedAt = started + (long)(arrival.TotalSeconds * Stopwatch.Frequency);
            var author = Next();
            var work = Task.Run(
                async () =>
                {
                    if (await Post(author, count, cancellationToken) is { } postId && watch is not null)
                        await watch((postId, author), intendedAt);
                },
                cancellationToken);
            underWay[work] = true;
            _ = work.ContinueWith(
                done => done.IsCompletedSuccessfully && underWay.TryRemove(done, out _), TaskScheduler.Default);
        }

        await Task.WhenAll(underWay.Keys);
        return count.Result(Stopwatch.GetElapsedTime(started));
    }

    /// <summary>One post by each of these authors after the other.</summary>
    public async Task<PostingResult> Each(IEnumerable<Author> some, CancellationToken cancellationToken)
    {
        const int AtOnce = 8;
        var count = new Count();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            some,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (author, _) => await Post(author, count, cancellationToken));
        return count.Result(Stopwatch.GetElapsedTime(started));
    }

    private Author Next()
    {
        lock (_random)
            return authors[_choice.Next(_random)];
    }

    /// <summary>Null when it was not accepted.</summary>
    private async Task<long?> Post(Author author, Count count, CancellationToken cancellationToken)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Measured post {Interlocked.Increment(ref _number)}: the quick brown fox jumps over the lazy dog, and "
            + $"nobody can tell how often it has done so by now.");
        var answer = await system.Api.Send(
            HttpMethod.Post,
            "/api/v1/statuses",
            author.Person.Token,
            $$"""{"status":"{{text}}"}""",
            cancellationToken: cancellationToken);
        return count.Add(answer, author);
    }

    private sealed class Count
    {
        private readonly ConcurrentQueue<(long PostId, Author Author)> _newest = new();
        private int _accepted;
        private int _refused;
        private int _failed;

        public long? Add(Answer answer, Author author)
        {
            if (!answer.IsOk)
            {
                Interlocked.Increment(ref answer.Status is 503 or 429 ? ref _refused : ref _failed);
                return null;
            }

            Interlocked.Increment(ref _accepted);
            var postId = answer.Id();
            _newest.Enqueue((postId, author));
            if (_newest.Count > NewestMax)
                _newest.TryDequeue(out _);
            return postId;
        }

        public PostingResult Result(TimeSpan took) => new(_accepted, _refused, _failed, took, [.. _newest]);
    }
}
