using MassTransit;
using Microblog.Contracts.Ingest;
using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;

namespace Microblog.FollowGraph.ExpandAudience;

/// <summary>Turns posts into bounded commands, so that no author can hold a FanOut worker for long.</summary>
/// <remarks>
/// First every post's first page: small audiences are combined and on their way before the rest of a large one is
/// read. A batch that is done again names the same readers again, which changes nothing that anybody sees.
/// </remarks>
internal sealed partial class AudienceExpander(
    Audiences audiences,
    FollowerPages pages,
    IOptions<FollowGraphOptions> options,
    FollowGraphMetrics metrics,
    ILogger<AudienceExpander> logger)
{
    private static readonly FollowersPage Nobody = new([], Next: null);

    private readonly int _readersMax = options.Value.ReadersPerCommandMax;

    /// <summary>
    /// Returns when the broker has all commands. Yields the posts whose readers cannot be told while Postgres is away.
    /// </summary>
    /// <param name="tellsAuthors">Sends the latter to their authors alone.</param>
    public async Task<IReadOnlyList<PostCreated>> Expand(
        IEnumerable<PostCreated> posts,
        IPublishEndpoint bus,
        bool tellsAuthors,
        CancellationToken cancellationToken)
    {
        var commands = new AppendCommands(bus, _readersMax, options.Value.CommandsInFlightMax);
        var groups = posts.GroupBy(AudienceOf).ToArray();
        var kept = await pages.Begin(
            [.. groups.Select(group => group.Key).OfType<Audience.Everyone>().Select(audience => audience.AuthorId)]);
        var firstPages = await audiences.FirstPages(
            [.. groups.Select(group => group.Key)], _readersMax, cancellationToken);
        var large = new List<Expansion>();
        var putOff = new List<PostCreated>();
        foreach (var group in groups)
        {
            var first = firstPages[group.Key];
            var expansion = new Expansion(group.Key, [.. group.DistinctBy(post => post.PostId)], first ?? Nobody);
            var isLarge = expansion.FirstPage.Next is not null || expansion.FirstPage.Followers.Count >= _readersMax;
            if (first is null)
                putOff.AddRange(expansion.Posts);
            else if (isLarge)
                large.Add(expansion);
            else
                Expanded(expansion.PostIds, first.Followers.Count);

            if (first is not null)
                kept.Add(group.Key, first);
            if (first is not null || tellsAuthors)
                await SendFirst(expansion, isLarge, commands);
        }

        await commands.SendCombined();
        foreach (var expansion in large)
        {
            if (!await ExpandPages(expansion, commands, kept, cancellationToken))
                putOff.AddRange(expansion.Posts);
        }

        await commands.Confirm();
        await kept.Written();
        return putOff;
    }

    private static async Task SendFirst(Expansion expansion, bool isLarge, AppendCommands commands)
    {
        var authorId = expansion.Audience.AuthorId;
        long[] readerIds = isLarge ? [authorId] : [authorId, .. ReaderIds(expansion.FirstPage)];
        foreach (var postId in expansion.PostIds)
            await commands.Combine(new(postId, readerIds, authorId));
    }

    /// <summary>False when Postgres went away on the way, and the rest is not at hand.</summary>
    private async Task<bool> ExpandPages(
        Expansion expansion,
        AppendCommands commands,
        KeptPages kept,
        CancellationToken cancellationToken)
    {
        var page = expansion.FirstPage;
        var readerCount = 0;
        while (true)
        {
            // They wait where nobody with a few followers waits.
            await commands.Send(Lane.Bulk, expansion.PostIds, ReaderIds(page));
            readerCount += page.Followers.Count;
            if (page.Next is null)
                break;
            if (await audiences.Page(expansion.Audience, page.Next, _readersMax, cancellationToken) is not { } next)
                return false;
            page = next;
            kept.Add(expansion.Audience, page);
        }

        Expanded(expansion.PostIds, readerCount);
        return true;
    }

    // In order their differences are small, and a message that packs them short.
    private static long[] ReaderIds(FollowersPage page) => [.. page.Followers.Select(reader => reader.Id).Order()];

    private static Audience AudienceOf(PostCreated post) => post switch
    {
        { Visibility: Visibility.Direct } =>
            new Audience.OfMention(post.AuthorId, post.PostId, [.. post.Mentions.Select(mention => mention.AccountId)]),
        { BoostOfId: not null } => new Audience.OfBoosts(post.AuthorId),
        // Someone who answers himself continues what all his followers read.
        { InReplyToAuthorId: { } repliedToId } when repliedToId != post.AuthorId =>
            new Audience.OfReply(post.AuthorId, repliedToId),
        _ => new Audience.Everyone(post.AuthorId),
    };

    private void Expanded(IReadOnlyList<long> postIds, int readerCount)
    {
        foreach (var postId in postIds)
        {
            metrics.AudienceExpanded(readerCount);
            LogExpanded(logger, postId, readerCount);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Post {PostId} goes to {ReaderCount} followers")]
    private static partial void LogExpanded(ILogger logger, long postId, int readerCount);

    private sealed record Expansion(Audience Audience, PostCreated[] Posts, FollowersPage FirstPage)
    {
        public long[] PostIds { get; } = [.. Posts.Select(post => post.PostId).Order()];
    }
}
