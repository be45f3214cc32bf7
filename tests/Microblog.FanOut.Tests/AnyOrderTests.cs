using Microblog.Contracts.FanOut;
using Microblog.Contracts.FollowGraph;
using Microblog.FanOut.Storage;
using Microblog.Keyspaces;

namespace Microblog.FanOut.Tests;

/// <summary>
/// A random history of posts, follows and unfollows, whose messages arrive in any order, some of them more than once,
/// some at the same time. Whatever happened, the reader's timeline ends as if they had come one by one.
/// </summary>
[Collection(nameof(RunningFanOut))]
public class AnyOrderTests(RunningFanOut fanOut)
{
    private const int Histories = 60;
    private const int AuthorCount = 3;
    private const int StepsMax = 24;

    [Fact]
    public async Task Any_order_and_repetition_of_messages_ends_in_the_same_timeline()
    {
        var firstSeed = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % int.MaxValue);
        for (var seed = firstSeed; seed < firstSeed + Histories; seed++)
        {
            var history = new History(new Random(seed));
            await fanOut.Materialise(HomeTimelines.Key(history.Reader));
            foreach (var author in history.Authors)
                await fanOut.Materialise(AuthorTimelines.Key(author));

            foreach (var together in history.Arrivals())
                await Task.WhenAll(together.Select(arrival => arrival(fanOut)));

            var shown = (await fanOut.Read(history.Reader)).Where(history.IsShown);
            Assert.True(history.Expected.SequenceEqual(shown), $"seed {seed}");
        }
    }

    private sealed class History
    {
        private readonly Random _random;
        private readonly List<Func<RunningFanOut, Task>> _messages = [];
        private readonly HashSet<long> _followed = [];
        private readonly Dictionary<long, long> _authorOfPost = [];

        public History(Random random)
        {
            _random = random;
            Authors = [.. Enumerable.Range(0, AuthorCount).Select(_ => RunningFanOut.NewId())];
            var steps = random.Next(1, StepsMax);
            for (var step = 0; step < steps; step++)
            {
                var author = Authors[random.Next(AuthorCount)];
                var at = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(step);
                if (random.Next(2) == 0)
                    Post(author);
                else if (_followed.Add(author))
                    Follow(author, at);
                else if (_followed.Remove(author))
                    _messages.Add(fanOut => fanOut.Homes.RemoveAuthor(Reader, author, at));
            }
        }

        public long Reader { get; } = RunningFanOut.NewId();

        public IReadOnlyList<long> Authors { get; }

        /// <summary>All posts of those followed in the end, newest first.</summary>
        public IEnumerable<long> Expected => _authorOfPost.Keys.Where(IsShown).OrderDescending();

        /// <summary>What the filter of a read lets through.</summary>
        public bool IsShown(long postId) => _followed.Contains(_authorOfPost[postId]);

        /// <summary>The messages, shuffled, each once to three times, in groups that arrive at the same time.</summary>
        public IEnumerable<Func<RunningFanOut, Task>[]> Arrivals()
        {
            var arrivals = _messages.SelectMany(message => Enumerable.Repeat(message, _random.Next(1, 4))).ToArray();
            _random.Shuffle(arrivals);
            return arrivals.Chunk(_random.Next(1, 5));
        }

        private void Follow(long author, DateTimeOffset at)
        {
            var follow = new AccountFollowed(RunningFanOut.NewId(), Reader, author, at);
            _messages.Add(fanOut => fanOut.Homes.MergeAuthor(follow));
        }

        // FollowGraph names those who follow at this moment; it may say so in two commands.
        private void Post(long author)
        {
            var post = RunningFanOut.NewId();
            _authorOfPost[post] = author;
            long[] readers = _followed.Contains(author) ? [author, Reader] : [author];
            var mayBeRepeated = _random.Next(2) == 0;
            _messages.Add(fanOut => fanOut.Timelines.Append(new AppendBatch(
                [new Delivery(post, readers, author)], CommandCount: 1, mayBeRepeated)));
        }
    }
}
