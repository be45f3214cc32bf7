using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microsoft.AspNetCore.Builder;

namespace Microblog.ServiceDefaults.Tests.BackPressure;

public sealed class RequestBoundsTests : IAsyncLifetime
{
    private const int AtOnceMax = 2;
    private const int WaitingMax = 1;

    private readonly TaskCompletionSource _isFull = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayLeave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningClientApi _api = null!;
    private int _enteredCount;

    public async Task InitializeAsync() => _api = await RunningClientApi.Start(
        Map,
        new()
        {
            ["BackPressure:RequestsAtOnceMax"] = $"{AtOnceMax}",
            ["BackPressure:RequestsWaitingMax"] = $"{WaitingMax}",
            ["BackPressure:RetryAfterMax"] = "00:00:07",
        });

    public async Task DisposeAsync()
    {
        _mayLeave.TrySetResult();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task One_request_too_many_is_told_at_once_to_come_again_and_those_before_it_are_answered()
    {
        var taken = await Fill();

        using var refused = await _api.Get("/slow");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 7);
        Assert.Equal(
            "There was a temporary problem serving your request, please try again",
            await RunningClientApi.ErrorOf(refused));
        _mayLeave.SetResult();
        foreach (var answer in await Task.WhenAll(taken))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _api.Get("/slow")).StatusCode);
    }

    [Fact]
    public async Task Who_asks_for_the_health_of_a_busy_process_is_answered()
    {
        var taken = await Fill();

        Assert.Equal(HttpStatusCode.OK, (await _api.Get("/health/live")).StatusCode);

        _mayLeave.SetResult();
        await Task.WhenAll(taken);
    }

    /// <summary>As many as may be worked on, and as many as may wait.</summary>
    private async Task<List<Task<HttpResponseMessage>>> Fill()
    {
        var taken = Enumerable.Range(0, AtOnceMax).Select(_ => _api.Get("/slow")).ToList();
        await _isFull.Task;
        // Of two further ones the first to come waits, and the other one is refused: which, nobody can say.
        var (one, other) = (_api.Get("/slow"), _api.Get("/slow"));
        var refused = await Task.WhenAny(one, other);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await refused).StatusCode);
        taken.Add(refused == one ? other : one);
        return taken;
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => new EmptyObject());
        app.MapGet("/slow", async () =>
        {
            if (Interlocked.Increment(ref _enteredCount) == AtOnceMax)
                _isFull.SetResult();
            await _mayLeave.Task;
            return new EmptyObject();
        });
    }
}
