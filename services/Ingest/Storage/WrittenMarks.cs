using System.Threading.Channels;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Hosting;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Writes what an account did with a post into <see cref="PostMarks"/>, so that its next read shows it. Only after the
/// change is durable: a mark without its change would keep the account from trying again. What cannot be written while
/// Redis is away is written when it is back: it may come back with the old marks.
/// </summary>
internal sealed class WrittenMarks(RedisGateway redis, TimeProvider clock, ILogger<WrittenMarks> logger)
    : RepeatedWork(clock, logger)
{
    /// <summary>Marks that wait for Redis; the oldest are given up first, and show again when Redis forgets.</summary>
    private const int WaitingMax = 100_000;

    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<Mark> _waiting = Channel.CreateBounded<Mark>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });

    public Task Favourite(long accountId, long postId, bool isFavourite) =>
        Write(accountId, PostMarks.Favourite(postId), isFavourite ? 1 : 0);

    public Task Bookmark(long accountId, long postId, bool isBookmarked) =>
        Write(accountId, PostMarks.Bookmark(postId), isBookmarked ? 1 : 0);

    /// <param name="boostId">0 when the boost was taken back.</param>
    public Task Boost(long accountId, long postId, long boostId) =>
        Write(accountId, PostMarks.Boost(postId), boostId);

    protected override async Task<TimeSpan> Round(CancellationToken stoppingToken)
    {
        while (_waiting.Reader.TryPeek(out var mark) && await IsWritten(mark))
            _waiting.Reader.TryRead(out _);
        return TryEvery;
    }

    private async Task Write(long accountId, string field, long value)
    {
        var mark = new Mark(accountId, field, value);
        // Behind those that wait, for one of them may be about the same post.
        if (_waiting.Reader.Count > 0 || !await IsWritten(mark))
            _waiting.Writer.TryWrite(mark);
    }

    private async Task<bool> IsWritten(Mark mark)
    {
        try
        {
            await redis.Run(database => Task.WhenAll(
                database.HashSetAsync(
                    PostMarks.Key(mark.AccountId),
                    [new(mark.Field, mark.Value), new(PostMarks.ChangeField, PostMarks.NewChange())]),
                database.KeyExpireAsync(PostMarks.Key(mark.AccountId), PostMarks.Lifetime)));
            return true;
        }
        catch (RedisAwayException)
        {
            return false;
        }
    }

    private sealed record Mark(long AccountId, string Field, long Value);
}
