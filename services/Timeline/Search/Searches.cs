using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.Timeline.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.Timeline.Search;

/// <summary>The three searches. Posts are found by their address only: their text is not indexed.</summary>
internal sealed class Searches(
    Publisher publisher,
    AccountRenderer accounts,
    VisiblePosts posts,
    StatusRenderer statuses,
    Tags tags,
    IOptions<OriginOptions> options)
{
    private readonly string _origin = options.Value.Origin;

    /// <param name="isOnlyWish">Nothing else was asked for, so that there is no answer without Accounts.</param>
    public async Task<IReadOnlyList<Account>> Accounts(
        HttpContext http,
        SearchQuery query,
        int limit,
        int offset,
        bool isOnlyWish)
    {
        if (query.PostId is not null || string.IsNullOrEmpty(query.AccountName) || query.Text.StartsWith('#'))
            return [];
        try
        {
            var matched = await publisher.Ask<FindAccounts, AccountsMatched>(
                new(query.AccountName, limit, offset), http.RequestAborted);
            return await accounts.Render(matched.AccountIds, http.RequestAborted);
        }
        catch (BrokerAwayException) when (!isOnlyWish)
        {
            StandbyHeader.Mark(http, "rabbitmq");
            return [];
        }
    }

    public async Task<IReadOnlyList<Status>> Statuses(HttpContext http, SearchQuery query, long? viewerId)
    {
        if (query.PostId is not { } postId || await posts.Find(postId, viewerId, http.RequestAborted) is not { } post)
            return [];
        return await statuses.Render([post], viewerId, http.RequestAborted);
    }

    public async Task<IReadOnlyList<Tag>> Hashtags(
        HttpContext http,
        SearchQuery query,
        bool isKnownViewer,
        int limit,
        int offset)
    {
        var prefix = HashtagName.Normalise(query.Text);
        if (query.PostId is not null || query.Text.StartsWith('@') || !HashtagName.IsPossible(prefix))
            return [];
        var found = await tags.Search(prefix, limit, offset, http.RequestAborted);
        return [.. found.Select(tag => Tag.Of(tag.Id, tag.Name, _origin, isKnownViewer))];
    }
}
