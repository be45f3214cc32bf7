using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;

namespace Microblog.FollowGraph.KeepFollowers;

/// <summary>Puts an author's followers at hand again because an operator asked for it.</summary>
internal sealed class KeepFollowersConsumer(FollowersAtHand followers, FollowerPages pages)
    : IConsumer<RebuildFollowers>
{
    public async Task Consume(ConsumeContext<RebuildFollowers> context)
    {
        var authorId = context.Message.AuthorId;
        await pages.Drop(authorId);
        var followerCount = await followers.Write(authorId, context.CancellationToken);
        var areAtHand = await pages.AreAtHand(authorId);
        await context.RespondAsync(new FollowersRebuilt(authorId, followerCount, areAtHand));
    }
}
