using Microblog.Fuzz;
using Xunit.Abstractions;

namespace Microblog.EndToEnd.Tests.Fuzzing;

/// <summary>The short form of <c>infra/fuzz</c>.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Requests = 6_000;

    [Fact]
    public async Task No_request_breaks_a_service_hangs_or_gets_an_answer_that_clients_cannot_read()
    {
        var system = await RunningSystem.Get();
        var seed = Environment.ProcessId;
        output.WriteLine($"To repeat it: infra/fuzz --requests {Requests} --seed {seed}");

        var outcome = await new Fuzzer(system.Origin, system.Home, seed).Run(Requests, CancellationToken.None);

        foreach (var line in Report.Of(outcome, system.Origin))
            output.WriteLine(line);
        Assert.Empty(Report.Complaints(outcome, system.Origin));
        Assert.Empty(outcome.Grown);
        Assert.Equal(Requests, outcome.Requests);
        // Were they all refused at the first check, nothing behind it would have been tried.
        Assert.InRange(outcome.Untouched.Count, 0, Operations.All.Count / 2);
        Assert.DoesNotContain(" failed in trace ", system.Logs(), StringComparison.Ordinal);
    }
}
