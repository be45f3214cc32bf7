using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.KeepFollowers;

/// <summary>
/// Puts the followers of somebody who was just followed at hand, if they are few: he may never have posted, or not for
/// long, and Postgres may be away when he does. Those of somebody with many are read for his next post.
/// </summary>
internal sealed class KeepFewFollowersConsumer(
    FollowersAtHand followers,
    FollowerPages pages,
    FollowCountSnapshots counts,
    TimeProvider clock,
    IOptions<FollowGraphOptions> options) : IConsumer<AccountFollowed>
{
    private const int LooksMax = 1_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private readonly int _onePage = options.Value.ReadersPerCommandMax;

    public async Task Consume(ConsumeContext<AccountFollowed> context)
    {
        var (authorId, cancellation) = (context.Message.FolloweeId, context.CancellationToken);
        await EndOfChange(authorId, cancellation);
        if (await pages.AreAtHand(authorId))
            return;
        // Whoever has many must not have a reading of them broken off by each new one.
        var count = (await counts.Read([authorId], cancellation)).Single();
        if (count.Followers < _onePage)
            await followers.Write(authorId, cancellation);
    }

    // The event may be here before the change that it tells of has ended, and until then nothing is kept. One that
    // does not end was broken off: then it is the next change's turn.
    private async Task EndOfChange(long authorId, CancellationToken cancellationToken)
    {
        for (var looks = 0; looks < LooksMax && await pages.AreChanging(authorId); looks++)
            await Task.Delay(LookEvery, clock, cancellationToken);
    }
}
