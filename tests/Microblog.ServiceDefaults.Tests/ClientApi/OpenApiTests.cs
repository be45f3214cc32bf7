using System.Text.Json;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private RunningClientApi _api = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _api = await RunningClientApi.Start(Map);
        var answer = await _api.Get("/openapi/v1.json");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        _document = JsonDocument.Parse(text).RootElement;
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public void What_a_get_reads_are_parameters_of_the_query_and_the_path()
    {
        var parameters = Operation("/things/{id}", "get").GetProperty("parameters").EnumerateArray()
            .Select(parameter => $"{parameter.GetProperty("in")} {parameter.GetProperty("name")}");

        Assert.Equal(
            ["path id", "query limit", "query max_id", "query since_id", "query min_id", "query exclude_types[]"],
            parameters);
    }

    [Fact]
    public void What_a_post_reads_is_a_body_in_every_format()
    {
        var content = Operation("/posts", "post").GetProperty("requestBody").GetProperty("content");

        foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/form-data" })
        {
            var properties = content.GetProperty(type).GetProperty("schema").GetProperty("properties");
            Assert.Equal("string", properties.GetProperty("status").GetProperty("type").GetString());
            Assert.Equal("boolean", properties.GetProperty("sensitive").GetProperty("type").GetString());
            var poll = properties.GetProperty("poll").GetProperty("properties");
            Assert.Equal("array", poll.GetProperty("options").GetProperty("type").GetString());
        }
    }

    [Fact]
    public void Scopes_and_errors_are_named()
    {
        var operation = Operation("/posts", "post");

        Assert.Equal("Creates a post", operation.GetProperty("summary").GetString());
        Assert.Equal("""[{"oauth":["write:statuses"]}]""", Compact(operation.GetProperty("security")));
        foreach (var status in new[] { "401", "403", "422", "429", "503" })
        {
            var schema = operation.GetProperty("responses").GetProperty(status).GetProperty("content")
                .GetProperty("application/json").GetProperty("schema");
            Assert.Equal("#/components/schemas/ClientError", schema.GetProperty("$ref").GetString());
        }

        Assert.True(_document.GetProperty("components").GetProperty("schemas").TryGetProperty("ClientError", out _));
        Assert.True(_document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("oauth", out _));
    }

    [Fact]
    public void A_token_that_is_optional_may_be_left_out() =>
        Assert.Equal(
            """[{"oauth":["read:statuses"]},{}]""",
            Compact(Operation("/things/{id}", "get").GetProperty("security")));

    [Fact]
    public void Answers_are_described_in_snake_case()
    {
        var schema = Operation("/things/{id}", "get").GetProperty("responses").GetProperty("200").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;

        Assert.True(_document.GetProperty("components").GetProperty("schemas").GetProperty(schema.Split('/')[^1])
            .GetProperty("properties").TryGetProperty("in_reply_to_id", out _));
    }

    private JsonElement Operation(string path, string method) =>
        _document.GetProperty("paths").GetProperty(path).GetProperty(method);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static void Map(WebApplication app)
    {
        app.MapGet("/things/{id}", ReadThing)
            .AllowScope("read:statuses")
            .Describe("Reads things", [.. Field.Paging, Field.Texts("exclude_types")]);
        app.MapPost("/posts", (PostRequest request) => new EmptyObject())
            .RequireScope("write:statuses")
            .Validate<PostRequest>()
            .Describe("Creates a post", Field.Text("status"), Field.Flag("sensitive"), Field.Texts("poll[options]"));
    }

    private static Results<Ok<Thing>, JsonHttpResult<ClientError>> ReadThing(RecordId id, Caller? viewer) =>
        viewer is null ? ClientErrors.NotFound() : TypedResults.Ok(new Thing($"{id.Value}"));

    private sealed record Thing(string? InReplyToId);

    private sealed record PostRequest(string? Status)
    {
        public static async ValueTask<PostRequest?> BindAsync(HttpContext http) =>
            new((await RequestFields.Read(http)).Text("status"));
    }
}
