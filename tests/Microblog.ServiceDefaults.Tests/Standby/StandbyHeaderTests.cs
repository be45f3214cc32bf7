using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Standby;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.Standby;

public class StandbyHeaderTests
{
    [Theory]
    [InlineData("/fine", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/broken", HttpStatusCode.ServiceUnavailable)]
    public async Task Every_answer_names_what_is_away_and_no_more_once_it_is_back(string path, HttpStatusCode status)
    {
        await using var api = await RunningClientApi.Start(Map);
        var board = api.Services.GetRequiredService<StandbyBoard>();
        board.Report("rabbitmq", isAway: true);
        board.Hear(["postgres"]);

        using var during = await api.Get(path);
        board.Report("rabbitmq", isAway: false);
        board.Hear([]);
        using var after = await api.Get(path);

        Assert.Equal((status, status), (during.StatusCode, after.StatusCode));
        Assert.Equal("postgres, rabbitmq", during.Headers.GetValues("Microblog-Standby").Single());
        Assert.False(after.Headers.Contains("Microblog-Standby"));
    }

    [Fact]
    public async Task What_a_call_finds_out_itself_is_on_its_own_answer()
    {
        await using var api = await RunningClientApi.Start(Map);

        using var answer = await api.Get("/finds-out");

        Assert.Equal("rabbitmq", answer.Headers.GetValues("Microblog-Standby").Single());
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/fine", () => "fine");
        app.MapGet("/broken", string () => throw new TimeoutException());
        app.MapGet("/finds-out", (HttpContext http, StandbyBoard board) =>
        {
            board.Report("rabbitmq", isAway: true);
            StandbyHeader.Mark(http, "rabbitmq");
            return "fine";
        });
    }
}
