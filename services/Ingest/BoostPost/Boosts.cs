using Microblog.ClientEntities;
using Microblog.Contracts.Ingest;
using Microblog.Contracts.Timeline;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.BoostPost;

/// <summary>The boosts of an account: one for a post at most, however often and concurrently it is asked for.</summary>
internal sealed class Boosts(
    PostDirectory posts,
    MarkDirectory marks,
    IdempotencyKeys keys,
    AcceptedPosts accepted,
    IdSequence ids)
{
    /// <summary>The boost that exists; null when the account does not boost the post.</summary>
    /// <exception cref="BrokerAwayException">Redis does not know, and Timeline did not answer.</exception>
    public async Task<StoredPost?> Find(long accountId, long postId, CancellationToken cancellationToken)
    {
        var mark = await marks.Find(accountId, postId, cancellationToken)
            ?? throw new BrokerAwayException($"Nobody can tell whether account {accountId} boosts post {postId}.");
        return await Of(mark, cancellationToken);
    }

    /// <summary>
    /// The boost that exists as far as anybody can tell now. A second one that is made because nobody could is made
    /// good by Timeline, which retracts the older of the two.
    /// </summary>
    public async Task<StoredPost?> FindIfKnown(long accountId, long postId, CancellationToken cancellationToken) =>
        await marks.Find(accountId, postId, cancellationToken) is { } mark
            ? await Of(mark, cancellationToken)
            : null;

    /// <summary>Boosts a post that the account does not boost.</summary>
    public async Task<PostCreated> Add(PostCreated original, Visibility visibility, Caller booster)
    {
        if (await TryAdd(original, visibility, booster) is { } boost)
            return boost;

        // The reserved id is that of a boost taken back in a call that broke off before it gave the id up.
        await keys.ForgetBoost(booster.AccountId, original.PostId);
        return await TryAdd(original, visibility, booster)
            ?? throw new InvalidOperationException($"Boosts of post {original.PostId} keep being deleted.");
    }

    private async Task<StoredPost?> Of(PostMark mark, CancellationToken cancellationToken) => mark.BoostId == 0
        ? null
        : (await posts.Find([mark.BoostId], cancellationToken)).GetValueOrDefault(mark.BoostId);

    private async Task<PostCreated?> TryAdd(PostCreated original, Visibility visibility, Caller booster)
    {
        var boostId = await keys.ReserveBoost(booster.AccountId, original.PostId, fresh: ids.Next());
        return await accepted.Add(new(
            boostId,
            booster.AccountId,
            Text: "",
            Content: "",
            SpoilerText: "",
            Sensitive: false,
            // Nobody widens his own audience by boosting himself.
            original.Visibility == Visibility.Private ? Visibility.Private : visibility,
            Language: null,
            Mentions: [],
            Tags: [],
            InReplyToId: null,
            InReplyToAuthorId: null,
            original.PostId,
            original.AuthorId,
            booster.ApplicationName,
            booster.ApplicationWebsite,
            IdempotencyKey: null,
            IdSequence.CreatedAt(boostId)));
    }
}
