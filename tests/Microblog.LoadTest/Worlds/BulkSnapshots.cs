using System.Globalization;
using System.Text.Json;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// What Redis holds of people who have followed and read, and never posted: profiles, names, counts, relations, that
/// nothing was marked, and timelines that are complete and empty, so that posts are delivered into them.
/// </summary>
public sealed class BulkSnapshots : IAsyncDisposable
{
    private const int PeopleAtOnce = 500;

    private readonly ConnectionMultiplexer _connection;

    private BulkSnapshots(ConnectionMultiplexer connection)
    {
        _connection = connection;
    }

    public static async Task<BulkSnapshots> Connect(string settings)
    {
        var options = ConfigurationOptions.Parse(settings);
        // A batch is large, and the server may be busy with others.
        options.SyncTimeout = 60_000;
        return new(await ConnectionMultiplexer.ConnectAsync(options));
    }

    public async Task Write(
        Person[] people,
        FollowGraph graph,
        IReadOnlyList<IReadOnlyList<int>> followees,
        DateTimeOffset now,
        Progress progress,
        CancellationToken cancellationToken)
    {
        for (var from = 0; from < people.Length; from += PeopleAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = _connection.GetDatabase().CreateBatch();
            var until = Math.Min(people.Length, from + PeopleAtOnce);
            var replies = new List<Task>();
            for (var i = from; i < until; i++)
            {
                replies.AddRange(Account(batch, people[i], graph.FollowersCount(i), followees[i].Count, now));
                replies.AddRange(Relations(batch, people[i], followees[i], people));
                replies.AddRange(NoMarks(batch, people[i]));
                replies.AddRange(EmptyHome(batch, people[i], now));
                replies.AddRange(NoPosts(batch, people[i]));
            }

            batch.Execute();
            await Task.WhenAll(replies);
            progress.Say("people to Redis", until, people.Length);
        }
    }

    /// <summary>Leaves nothing of these people.</summary>
    public async Task Remove(IEnumerable<Person> people)
    {
        foreach (var some in people.Chunk(PeopleAtOnce))
        {
            var batch = _connection.GetDatabase().CreateBatch();
            Task[] replies =
            [
                .. some.SelectMany(Keys).Select(key => batch.KeyDeleteAsync(key)),
                .. some.Select(person => batch.HashDeleteAsync(LastReads.Key(person.Id), person.Id)),
            ];
            batch.Execute();
            await Task.WhenAll(replies);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        _connection.Dispose();
    }

    private static IEnumerable<RedisKey> Keys(Person person) =>
    [
        AccountSnapshots.Key(person.Id),
        AccountSnapshots.NameKey(person.Username),
        RelationSnapshots.Key(person.Id),
        PostMarks.Key(person.Id),
        HomeTimelines.Key(person.Id),
        AuthorTimelines.Key(person.Id),
    ];

    private static IEnumerable<Task> Account(
        IBatch batch, Person person, int followers, int following, DateTimeOffset now)
    {
        var profile = new AccountProfile(
            person.Id, person.Username, "", "", [], Locked: false, Bot: false, Discoverable: true, now, Version: 1,
            new("public", Sensitive: false, Language: null));
        yield return batch.HashSetAsync(
            AccountSnapshots.Key(person.Id),
            [
                new(AccountSnapshots.Profile, JsonSerializer.SerializeToUtf8Bytes(profile)),
                new(AccountSnapshots.Profile + ":version", 1),
                new(AccountSnapshots.Follows, string.Create(CultureInfo.InvariantCulture, $"{followers} {following}")),
                new(AccountSnapshots.Follows + ":version", 1),
                new(AccountSnapshots.Posts, "0 -"),
            ]);
        yield return batch.StringSetAsync(AccountSnapshots.NameKey(person.Username), person.Id);
    }

    private static IEnumerable<Task> Relations(
        IBatch batch, Person person, IReadOnlyList<int> followees, Person[] people)
    {
        RedisKey key = RelationSnapshots.Key(person.Id);
        var following = RelationSnapshots.Encode(Standing.Following, muteEndsAt: null);
        HashEntry[] fields =
        [
            .. followees.Select(followee => new HashEntry(people[followee].Id, following)),
            new(RelationSnapshots.CompleteField, 1),
        ];
        yield return batch.HashSetAsync(key, fields);
        yield return batch.KeyExpireAsync(key, RelationSnapshots.Lifetime);
    }

    // Nothing was marked so far: that is all there is to know.
    private static IEnumerable<Task> NoMarks(IBatch batch, Person person)
    {
        RedisKey key = PostMarks.Key(person.Id);
        yield return batch.HashSetAsync(key, PostMarks.CompleteField, 1);
        yield return batch.KeyExpireAsync(key, PostMarks.Lifetime);
    }

    private static IEnumerable<Task> EmptyHome(IBatch batch, Person person, DateTimeOffset now)
    {
        yield return batch.ListRightPushAsync(HomeTimelines.Key(person.Id), TimelineLists.Complete);
        yield return batch.HashSetAsync(LastReads.Key(person.Id), person.Id, LastReads.Day(now));
    }

    private static IEnumerable<Task> NoPosts(IBatch batch, Person person)
    {
        RedisKey key = AuthorTimelines.Key(person.Id);
        yield return batch.ListRightPushAsync(key, TimelineLists.Complete);
        yield return batch.KeyExpireAsync(key, TimelineLists.Lifetime);
    }
}
