using System.Text.Json;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Builder;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>One running service for the tests that only send requests; its endpoint says what it read.</summary>
public sealed class ReadingFixture : IAsyncLifetime
{
    public RunningClientApi Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await RunningClientApi.Start(Map);

    public async Task DisposeAsync() => await Api.DisposeAsync();

    public async Task<JsonElement> Read(HttpMethod method, string path, HttpContent? body = null)
    {
        var answer = await Api.Send(method, path, body: body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static void Map(WebApplication app)
    {
        app.MapMethods("/read", ["GET", "POST", "PUT", "PATCH", "DELETE"], (RequestFields fields) => Read(fields))
            .Describe("Says what was read", Fields());
        app.MapPost("/read/{id}", (RequestFields fields) => new { Id = fields.Id("id"), Text = fields.Text("id") })
            .Describe("Reads the route");
        app.MapGet("/things/{id}", (RecordId id) => new { Id = id.Value }).Describe("Takes an id from the path");
        app.MapPost("/undeclared", (RequestFields fields) => new { Text = fields.Text("forgotten") })
            .Describe("Forgets to declare");
    }

    private static IEnumerable<Field> Fields() =>
    [
        .. Field.Paging, Field.Text("status"), Field.Flag("sensitive"), Field.Id("in_reply_to_id"),
        Field.Ids("media_ids"),
        Field.Texts("poll[options]"), Field.Number("poll[expires_in]"), Field.Text("source[privacy]"),
        Field.Items("fields_attributes"), Field.File("avatar"), Field.Time("scheduled_at"),
    ];

    private static object Read(RequestFields fields)
    {
        var page = Page.Read(fields);
        return new
        {
            Status = fields.Text("status"),
            HasStatus = fields.Has("status"),
            Sensitive = fields.Flag("sensitive"),
            InReplyToId = fields.Id("in_reply_to_id"),
            MediaIds = fields.Ids("media_ids[]"),
            Options = fields.Texts("poll[options][]"),
            ExpiresIn = fields.Number("poll[expires_in]"),
            Privacy = fields.Text("source[privacy]"),
            Names = fields.Items("fields_attributes").Select(item => item.Text("name")),
            AvatarBytes = fields.File("avatar")?.Length,
            ScheduledAt = fields.Time("scheduled_at"),
            page.MaxId,
            page.SinceId,
            page.MinId,
            page.Limit,
        };
    }
}
