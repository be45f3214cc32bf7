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
internal sealed partial class ExpandAudienceConsumer(
    Followers followers,
    IOptions<FollowGraphOptions> options,
    FollowGraphMetrics metrics,
    ILogger<ExpandAudienceConsumer> logger) : IConsumer<Batch<PostCreated>>
{
    private readonly int _readersMax = options.Value.ReadersPerCommandMax;

    public async Task Consume(ConsumeContext<Batch<PostCreated>> context)
    {
        var commands = new AppendCommands(context, _readersMax, options.Value.CommandsInFlightMax);
        var large = new List<Expansion>();
        foreach (var posts in context.Message.Select(post => post.Message).GroupBy(AudienceOf))
        {
            long[] postIds = [.. posts.Select(post => post.PostId).Distinct().Order()];
            var readerIds = await followers.Page(posts.Key, after: 0, _readersMax, context.CancellationToken);
            var isLarge = readerIds.Count == _readersMax;
            if (isLarge)
                large.Add(new(posts.Key, postIds, readerIds));
            else
                Expanded(postIds, readerIds.Count);

            long[] firstReaderIds = isLarge ? [posts.Key.AuthorId] : [posts.Key.AuthorId, .. readerIds];
            foreach (var postId in postIds)
                await commands.Combine(new(postId, firstReaderIds, posts.Key.AuthorId));
        }

        await commands.SendCombined();
        foreach (var expansion in large)
            await ExpandPages(expansion, commands, context.CancellationToken);
        await commands.Confirm();
    }

    private async Task ExpandPages(Expansion expansion, AppendCommands commands, CancellationToken cancellationToken)
    {
        var (audience, postIds, readerIds) = expansion;
        var readerCount = 0;
        while (readerIds.Count > 0)
        {
            // They wait where nobody with a few followers waits.
            await commands.Send(Lane.Bulk, postIds, readerIds);
            readerCount += readerIds.Count;
            readerIds = readerIds.Count < _readersMax
                ? []
                : await followers.Page(audience, readerIds[^1], _readersMax, cancellationToken);
        }

        Expanded(postIds, readerCount);
    }

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

    private void Expanded(long[] postIds, int readerCount)
    {
        foreach (var postId in postIds)
        {
            metrics.AudienceExpanded(readerCount);
            LogExpanded(logger, postId, readerCount);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Post {PostId} goes to {ReaderCount} followers")]
    private static partial void LogExpanded(ILogger logger, long postId, int readerCount);

    private sealed record Expansion(Audience Audience, long[] PostIds, IReadOnlyList<long> FirstPage);
}
