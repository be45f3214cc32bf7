using Microblog.FollowGraph.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.KeepFollowers;

/// <summary>Reads an author's followers to have them at hand, without waiting for his next post.</summary>
internal sealed class FollowersAtHand(
    Followers followers,
    FollowerPages pages,
    IOptions<FollowGraphOptions> options)
{
    private readonly int _pageSize = options.Value.ReadersPerCommandMax;

    /// <summary>
    /// Yields how many followers were read: all, or somewhat more than <see cref="FollowerPages.FollowersMax"/>.
    /// </summary>
    public async Task<int> Write(long authorId, CancellationToken cancellationToken)
    {
        var author = new Audience.Everyone(authorId);
        var kept = await pages.Begin([authorId]);
        var followerCount = 0;
        FollowersCursor? after = null;
        do
        {
            var page = await followers.Page(author, after, _pageSize, cancellationToken);
            kept.Add(author, page);
            followerCount += page.Followers.Count;
            after = page.Next;
        }
        while (after is not null && followerCount <= FollowerPages.FollowersMax);

        await kept.Written();
        return followerCount;
    }
}
