namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>
/// All that can be seen of what people have and did, to tell whether a refused request changed any of it.
/// </summary>
public static class Possessions
{
    private static readonly string[] Lists =
    [
        "/api/v1/accounts/verify_credentials",
        "/api/v1/preferences",
        "/api/v1/markers?timeline[]=home&timeline[]=notifications",
        "/api/v1/timelines/home?limit=40",
        "/api/v1/notifications?limit=40",
        "/api/v1/follow_requests",
        "/api/v1/favourites",
        "/api/v1/bookmarks",
        "/api/v1/blocks",
        "/api/v1/mutes",
        "/api/v1/accounts/{self}/followers",
        "/api/v1/accounts/{self}/following",
        "/api/v1/accounts/{self}/statuses?limit=40",
        "/api/v1/accounts/relationships?id[]={owner}&id[]={other}&id[]={blocked}&id[]={requester}",
    ];

    public static async Task<IReadOnlyList<string>> Of(Cast cast)
    {
        var answers = new List<string>();
        foreach (var person in new[] { cast.Owner, cast.Other, cast.Blocked, cast.Requester })
            foreach (var list in Lists)
                answers.Add($"{person.Username} {list} {await See(cast, person, list)}");
        return answers;
    }

    /// <summary>
    /// Waits until what was asked of every service has taken effect: the same takes effect now, behind it in the
    /// queues.
    /// </summary>
    public static async Task Settle(RunningSystem system)
    {
        var (author, fan) = (await system.NewPerson("author"), await system.NewPerson("fan"));
        await fan.Follow(author);
        var post = await author.Write("the last one");
        (await fan.Post($"/api/v1/statuses/{post}/favourite")).Ok();
        (await fan.Post($"/api/v1/statuses/{post}/reblog")).Ok();
        await fan.Sees(post);
        await Eventually.Is(async () => (await author.Get("/api/v1/notifications")).Ok().AsArray().Count >= 2);
        await Eventually.Is(async () => await author.PostCount() == 1 && await fan.PostCount() == 1);
        (await author.Delete($"/api/v1/statuses/{post}")).Ok();
        await Eventually.Is(async () => !(await fan.Home()).Contains(post));
    }

    private static async Task<string> See(Cast cast, Person person, string list)
    {
        var path = list
            .Replace("{self}", person.Id, StringComparison.Ordinal)
            .Replace("{owner}", cast.Owner.Id, StringComparison.Ordinal)
            .Replace("{other}", cast.Other.Id, StringComparison.Ordinal)
            .Replace("{blocked}", cast.Blocked.Id, StringComparison.Ordinal)
            .Replace("{requester}", cast.Requester.Id, StringComparison.Ordinal);
        return (await person.Get(path)).Ok().ToJsonString();
    }
}
