using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.KeepFollowers;

/// <summary>Puts an author's followers at hand again because an operator asked for it.</summary>
internal sealed class KeepFollowersConsumer(
    Followers followers,
    FollowerPages pages,
    IOptions<FollowGraphOptions> options) : IConsumer<RebuildFollowers>
{
    private readonly int _pageSize = options.Value.ReadersPerCommandMax;

    public async Task Consume(ConsumeContext<RebuildFollowers> context)
    {
        var author = new Audience.Everyone(context.Message.AuthorId);
        await pages.Drop(author.AuthorId);
        var kept = await pages.Begin([author.AuthorId]);
        var followerCount = 0;
        for (var (after, isLast) = (0L, false); !isLast && followerCount <= FollowerPages.FollowersMax;)
        {
            var page = await followers.Page(author, after, _pageSize, context.CancellationToken);
            isLast = page.Count < _pageSize;
            kept.Add(author, page, isLast);
            followerCount += page.Count;
            after = page.Count > 0 ? page[^1].Id : after;
        }

        await kept.Written();
        var areAtHand = await pages.Find(author.AuthorId) is not null;
        await context.RespondAsync(new FollowersRebuilt(author.AuthorId, followerCount, areAtHand));
    }
}
