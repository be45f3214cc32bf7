using Microblog.Fuzz;

namespace Microblog.EndToEnd.Tests.Fuzzing;

public sealed class JudgeTests
{
    private static readonly Uri Origin = new("http://127.0.0.1:8080");
    private static readonly Judge Judge = new(Origin);

    private static readonly Operation ReadHome = new("GET", "/api/v1/timelines/home", []);
    private static readonly Operation LogIn = new("POST", "/auth/sign_in", []);

    [Theory]
    [InlineData(200, "[]")]
    [InlineData(404, """{"error":"Record not found"}""")]
    public void What_clients_can_read_is_well(int status, string body) =>
        Assert.Null(Judge.Complaint(Shot(ReadHome), Json(status, body)));

    [Theory]
    [InlineData(500, """{"error":"This is not supposed to happen"}""")]
    [InlineData(503, """{"error":"There was a temporary problem"}""")]
    [InlineData(404, "")]
    [InlineData(422, """{"error":null}""")]
    [InlineData(422, """["error"]""")]
    [InlineData(200, "[")]
    [InlineData(200, """[{"content":"<p><fuzzed onload=1></p>"}]""")]
    [InlineData(200, """[{"account":{"note":"<fuzzed onload=1>"}}]""")]
    public void What_breaks_clients_is_complained_about(int status, string body) =>
        Assert.NotNull(Judge.Complaint(Shot(ReadHome), Json(status, body)));

    [Fact]
    public void A_plain_text_may_hold_what_would_be_markup_elsewhere() =>
        Assert.Null(Judge.Complaint(Shot(ReadHome), Json(200, """[{"spoiler_text":"<fuzzed onload=1>"}]""")));

    [Fact]
    public void Markup_on_a_page_is_complained_about() =>
        Assert.NotNull(Judge.Complaint(
            Shot(LogIn), Reply(200, "<p><fuzzed onload=1>", ("content-type", "text/html; charset=utf-8"))));

    [Theory]
    [InlineData("/auth/sign_in", true)]
    [InlineData("http://127.0.0.1:8080/@alice", true)]
    [InlineData("https://fuzz.example/callback?error=access_denied", true)]
    [InlineData("https://elsewhere.example/", false)]
    [InlineData("//elsewhere.example/", false)]
    [InlineData("/\\elsewhere.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    public void A_redirection_to_another_host_is_complained_about(string location, bool isFine) =>
        Assert.Equal(isFine, Judge.Complaint(Shot(LogIn), Reply(302, "", ("location", location))) is null);

    [Theory]
    [InlineData("<http://127.0.0.1:8080/api/v1/timelines/home?max_id=1>; rel=\"next\"", true)]
    [InlineData("<http://127.0.0.1:8080/x>; rel=\"next\", <http://elsewhere.example/x>; rel=\"prev\"", false)]
    public void A_page_at_another_host_is_complained_about(string links, bool isFine)
    {
        var reply = Json(200, "[]");
        var headers = reply.Headers.Append(new("link", links)).ToDictionary();

        Assert.Equal(isFine, Judge.Complaint(Shot(ReadHome), reply with { Headers = headers }) is null);
    }

    [Fact]
    public void No_answer_is_complained_about()
    {
        var none = new Reply(0, new Dictionary<string, string>(), "", TimeSpan.FromSeconds(10), "timed out");

        Assert.NotNull(Judge.Complaint(Shot(ReadHome), none));
    }

    [Fact]
    public void A_request_can_be_repeated_from_a_shell()
    {
        var shot = Shot(ReadHome) with { Target = "/api/v1/timelines/home?limit='", Headers = [("Accept", "*/*")] };

        Assert.Equal(
            @"curl -i --path-as-is -X 'GET' -H 'Accept: */*' "
            + @"'http://127.0.0.1:8080/api/v1/timelines/home?limit='\'''",
            shot.ToCurl(Origin));
    }

    private static Shot Shot(Operation operation) => new(0, operation, operation.Method, operation.Path, [], null);

    private static Reply Json(int status, string body) => Reply(status, body, ("content-type", "application/json"));

    private static Reply Reply(int status, string body, (string Name, string Value) header)
    {
        var headers = new Dictionary<string, string>
        {
            ["x-content-type-options"] = "nosniff",
            [header.Name] = header.Value,
        };
        return new(status, headers, body, TimeSpan.Zero, null);
    }
}
