using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Outbox;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Two people and everything between them, while both are locked: whoever calls, and the other. Its methods change
/// rows, counts and the outbox together; doing one again changes nothing.
/// </summary>
internal sealed class Pair(
    FollowGraphDbContext db,
    IdSequence ids,
    DateTimeOffset now,
    PairSide caller,
    PairSide other,
    long lastFollowId)
{
    public DateTimeOffset Now { get; } = now;

    public PairSide Caller { get; } = caller;

    public PairSide Other { get; } = other;

    public bool IsBlockedEitherWay => Caller.Block is not null || Other.Block is not null;

    public void Follow(PairSide follower, PairSide followee, bool showsBoosts, bool notifies)
    {
        if (follower.Follow is not null)
            return;

        DropRequest(follower);
        // After all that either has, whatever the clock of the process was that wrote the last one.
        var followId = ids.Next(after: lastFollowId);
        follower.Follow = new(followee.AccountId, follower.AccountId, followId, showsBoosts, notifies);
        CountFollow(follower, followee, change: 1);
        Announce(new AccountFollowed(followId, follower.AccountId, followee.AccountId, Now));
    }

    public void EndFollow(PairSide follower, PairSide followee)
    {
        DropRequest(follower);
        if (follower.Follow is not { } ended)
            return;

        follower.Follow = null;
        CountFollow(follower, followee, change: -1);
        Announce(new AccountUnfollowed(ended.FollowId, follower.AccountId, followee.AccountId, Now));
    }

    public void RequestFollow(bool showsBoosts, bool notifies)
    {
        if (Caller.Request is not null)
            return;

        Caller.Request = new()
        {
            FolloweeId = Other.AccountId,
            FollowerId = Caller.AccountId,
            RequestId = ids.Next(),
            RequestedAt = Now,
            ShowsBoosts = showsBoosts,
            Notifies = notifies,
        };
        db.FollowRequests.Add(Caller.Request);
        Caller.Person.RequestsCount++;
    }

    public void DropRequest(PairSide follower)
    {
        if (follower.Request is null)
            return;

        db.FollowRequests.Remove(follower.Request);
        follower.Request = null;
        follower.Person.RequestsCount--;
    }

    /// <summary>Blocks, which ends what either follows or asked to follow of the other.</summary>
    public void Block()
    {
        EndFollow(Caller, Other);
        EndFollow(Other, Caller);
        if (Caller.Block is not null)
            return;

        Caller.Block = new()
        {
            AccountId = Caller.AccountId,
            BlockedId = Other.AccountId,
            BlockId = ids.Next(),
            BlockedAt = Now,
        };
        db.Blocks.Add(Caller.Block);
        Caller.Person.BlocksCount++;
        Announce(new AccountBlocked(Caller.AccountId, Other.AccountId, Now));
    }

    public void Unblock()
    {
        if (Caller.Block is null)
            return;

        db.Blocks.Remove(Caller.Block);
        Caller.Block = null;
        Caller.Person.BlocksCount--;
    }

    /// <summary>Mutes, or gives a mute other terms.</summary>
    public void Mute(bool hidesNotifications, DateTimeOffset? endsAt)
    {
        if (Caller.Mute is null)
        {
            Caller.Mute = new()
            {
                AccountId = Caller.AccountId,
                MutedId = Other.AccountId,
                MuteId = ids.Next(),
                MutedAt = Now,
                HidesNotifications = hidesNotifications,
                EndsAt = endsAt,
            };
            db.Mutes.Add(Caller.Mute);
            Caller.Person.MutesCount++;
        }

        Caller.Mute.HidesNotifications = hidesNotifications;
        Caller.Mute.EndsAt = endsAt;
    }

    public void Unmute()
    {
        if (Caller.Mute is null)
            return;

        db.Mutes.Remove(Caller.Mute);
        Caller.Mute = null;
        Caller.Person.MutesCount--;
    }

    /// <summary>Keeps the caller's private comment; an empty one is forgotten.</summary>
    public void Comment(string comment)
    {
        if (Caller.Note is { } note && comment.Length > 0)
            note.Comment = comment;
        else if (Caller.Note is not null)
            db.Notes.Remove(Caller.Note);
        else if (comment.Length > 0)
            db.Notes.Add(new() { AccountId = Caller.AccountId, OtherId = Other.AccountId, Comment = comment });
    }

    private static void CountFollow(PairSide follower, PairSide followee, int change)
    {
        follower.Person.FollowingCount += change;
        follower.Person.CountsVersion++;
        followee.Person.FollowersCount += change;
        followee.Person.CountsVersion++;
    }

    private void Announce<TMessage>(TMessage message)
        where TMessage : class => db.Outbox.Add(OutboxMessage.For(message, Now));
}
