using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microblog.Contracts.Ingest;

namespace Microblog.Ingest.Tests;

/// <summary>What a refusal must look like, and leave behind.</summary>
internal static class Refused
{
    public static async Task With(HttpStatusCode status, string error, HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, error), (answer.StatusCode, body.GetProperty("error").GetString()));
    }

    /// <summary>Nothing of this person was published, and no fault was logged.</summary>
    public static async Task NothingHappened(RunningIngest ingest, Person person)
    {
        await ingest.Neighbours.Settle();
        Assert.Empty(ingest.Heard.All<PostCreated>(post => post.AuthorId == person.Id));
        Assert.Empty(ingest.Heard.All<PostDeleted>(post => post.AuthorId == person.Id));
        Assert.Empty(ingest.Heard.All<FavouriteChanged>(change => change.AccountId == person.Id));
        Assert.Empty(ingest.Heard.All<BookmarkChanged>(change => change.AccountId == person.Id));
        // A broker that took its time on a busy machine is nobody's fault.
        Assert.DoesNotContain(
            ingest.Log, entry => !entry.Message.EndsWith("is away; going on without it", StringComparison.Ordinal));
        Assert.Empty(await StoredFor(ingest, person));
    }

    /// <summary>Keys of reserved ids, and snapshots of posts, that this person's requests left in Redis.</summary>
    private static async Task<IReadOnlyList<string>> StoredFor(RunningIngest ingest, Person person)
    {
        var reserved = await Keys(ingest, $"idempotency:{person.Id}:*");
        var snapshots = await Keys(ingest, "post:*");
        var posts = await ingest.Redis.Run(database =>
            Task.WhenAll(snapshots.Select(key => database.StringGetAsync(key))));
        return [.. reserved, .. posts.Select(post => (string)post).Where(post => IsBy(person, post))];
    }

    private static bool IsBy(Person person, string? post) =>
        post?.Contains($"\"AuthorId\":{person.Id},", StringComparison.Ordinal) == true;

    private static async Task<string[]> Keys(RunningIngest ingest, string pattern) =>
        (string[]?)await ingest.Redis.Run(database => database.ExecuteAsync("KEYS", pattern)) ?? [];
}
