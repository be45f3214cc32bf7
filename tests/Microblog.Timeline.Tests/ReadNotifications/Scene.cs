using Microblog.Contracts.FollowGraph;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.Tests.ReadNotifications;

/// <summary>An author with a post, and a fan who does everything there is.</summary>
internal sealed class Scene
{
    private readonly List<object> _facts = [];

    public required RunningTimeline Timeline { get; init; }

    public required Person Author { get; init; }

    public required Person Fan { get; init; }

    public required PostCreated Original { get; init; }

    public long Post => Original.PostId;

    public PostCreated? Boost { get; private set; }

    public static async Task<Scene> Create()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var post = APost.By(author);
        await timeline.Accept(post);
        await timeline.Deliver(post);
        return new() { Timeline = timeline, Author = author, Fan = await timeline.NewPerson(), Original = post };
    }

    /// <summary>Returns the ids of what happened, when it is stored and shown.</summary>
    public async Task<(long Mention, long Boost, long Favourite, long Follow)> EverythingHappens()
    {
        var mention = APost.By(Fan, mentions: [Author]);
        Boost = APost.Boost(Fan, Original);
        var favourite = APost.Favourite(Fan, Original);
        var followId = RunningTimeline.NewId();
        var follow = new AccountFollowed(followId, Fan.Id, Author.Id, IdSequence.CreatedAt(followId));
        Timeline.Neighbours.Follows[Author.Id] = [follow];
        await Timeline.Accept(mention);
        await Timeline.Accept(Boost);
        _facts.AddRange([mention, Boost, favourite, follow]);
        await TellAgain();

        await Eventually.Is(async () => await Timeline.Count(
            "SELECT count(*) FROM favourites WHERE change_id = $1", favourite.ChangeId) == 1);
        await Eventually.Is(async () => await Timeline.Count(
            "SELECT count(*) FROM posts WHERE author_id = $1", Fan.Id) == 2);
        await Eventually.Is(async () => (await Author.Ids("/api/v1/notifications")).Length == 4);
        return (mention.PostId, Boost.PostId, favourite.ChangeId, followId);
    }

    public async Task TellAgain()
    {
        foreach (var fact in _facts)
            await (fact switch
            {
                PostCreated post => Timeline.Publish(post),
                FavouriteChanged favourite => Timeline.Publish(favourite),
                AccountFollowed follow => Timeline.Publish(follow),
                _ => throw new InvalidOperationException($"{fact} is no fact."),
            });
    }
}
