namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>Everybody who asks, and what they ask for.</summary>
public sealed class Cast
{
    private readonly RunningSystem _system;
    private readonly Dictionary<string, string> _tokensWithout = [];
    private readonly Dictionary<Row, string> _posts = [];

    private Cast(RunningSystem system, Person owner, Person other, Person blocked, Person requester)
    {
        (_system, Owner, Other, Blocked, Requester) = (system, owner, other, blocked, requester);
    }

    /// <summary>Whose account, posts and notifications it is about. Must be asked before being followed.</summary>
    public Person Owner { get; }

    public Person Other { get; }

    public Person Blocked { get; }

    /// <summary>Has asked to follow the owner, and favourited a post of the owner's.</summary>
    public Person Requester { get; }

    public string NotificationId { get; private set; } = "";

    public string AppToken { get; private set; } = "";

    public string RevokedToken { get; private set; } = "";

    public static async Task<Cast> Gather(RunningSystem system, IReadOnlyList<Row> rows)
    {
        var people = await Task.WhenAll(
            new[] { "owner", "other", "blocked", "requester" }.Select(system.NewPerson));
        var cast = new Cast(system, people[0], people[1], people[2], people[3]);
        await cast.Prepare();
        foreach (var row in rows.Where(row => row.On is "public" or "private"))
            cast._posts[row] = await cast.Owner.Write($"for {row.Operation}", row.On);
        foreach (var scopes in rows.Select(row => Documented.ScopesOf(row.Operation)).Distinct())
            cast._tokensWithout[scopes] = await cast.Owner.LogIn(Documented.AllBut(scopes));
        await Eventually.Is(async () => await cast.Owner.PostCount() == 1 + cast._posts.Count);
        return cast;
    }

    /// <summary>What a caller shows; null for nothing.</summary>
    public string? Token(Caller caller, Row row) => caller switch
    {
        Caller.Nobody => null,
        Caller.Garbage => "nobody-issued-this",
        Caller.Revoked => RevokedToken,
        Caller.App => AppToken,
        Caller.Scope => _tokensWithout[Documented.ScopesOf(row.Operation)],
        Caller.Other => Other.Token,
        Caller.Blocked => Blocked.Token,
        Caller.Owner => Owner.Token,
        _ => throw new ArgumentOutOfRangeException(nameof(caller)),
    };

    /// <summary>What stands for the name in braces in the row's path.</summary>
    public string On(Row row) => row.On switch
    {
        "public" or "private" => _posts[row],
        "owner" => Owner.Id,
        "ownername" => Owner.Username,
        "requester" => Requester.Id,
        "notification" => NotificationId,
        _ => row.On,
    };

    private async Task Prepare()
    {
        // What was never marked is marked now by whoever looks.
        foreach (var person in new[] { Owner, Other, Blocked, Requester })
            (await person.Post("/api/v1/markers?home[last_read_id]=1&notifications[last_read_id]=1")).Ok();
        (await Owner.Send(new(HttpMethod.Patch, "/api/v1/accounts/update_credentials?locked=true"))).Ok();
        (await Owner.Post($"/api/v1/accounts/{Blocked.Id}/block")).Ok();
        await Requester.Follow(Owner);
        var post = await Owner.Write("liked");
        (await Requester.Post($"/api/v1/statuses/{post}/favourite")).Ok();
        await Eventually.Is(async () => (await Favourites()).Length == 1);
        NotificationId = (await Favourites())[0];

        AppToken = await (await Application.Register(_system)).Token(_system);
        RevokedToken = await Owner.LogIn(Person.AllScopes);
        (await Owner.RevokeToken(RevokedToken)).Ok();
    }

    private async Task<string[]> Favourites() =>
        Person.Ids((await Owner.Get("/api/v1/notifications?types[]=favourite")).Ok());
}
