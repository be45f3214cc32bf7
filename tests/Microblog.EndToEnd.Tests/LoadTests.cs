using System.Text.Json;
using Microblog.TestServers;

namespace Microblog.EndToEnd.Tests;

/// <summary>The harness of <c>infra/load</c> on a small world; what it measures is not looked at here.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("microblog-load-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_world_written_into_the_stores_carries_a_load_without_loss()
    {
        var system = await RunningSystem.Get();

        AssertClean(await Load("--home", system.Home, "--people", "300", "--follows-mean", "20"));
    }

    [Fact]
    public async Task A_world_made_by_clients_carries_a_load_without_loss()
    {
        var system = await RunningSystem.Get();

        AssertClean(await Load("--origin", system.Origin.ToString(), "--people", "20", "--follows-mean", "4"));
    }

    [Fact]
    public async Task People_follow_each_other_as_a_file_says()
    {
        var system = await RunningSystem.Get();
        var graph = Path.Combine(_folder, "graph.mtx");
        await File.WriteAllLinesAsync(
            graph, ["%%MatrixMarket matrix coordinate pattern general", "4 4 5", "1 2", "3 2", "4 2", "2 1", "3 1"]);

        var report = await Load("--home", system.Home, "--graph", graph);

        AssertClean(report);
        Assert.Equal(5, report.GetProperty("world").GetProperty("follows").GetInt32());
    }

    /// <summary>The report; the harness itself fails when a reader misses something.</summary>
    private async Task<JsonElement> Load(params string[] options)
    {
        string[] load =
        [
            .. options, "--rate", "20", "--seconds", "4",
            "--output", _folder, "--world", Path.Combine(_folder, "world"),
        ];
        await Repository.Run("infra/load", load);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "report.json")));
        return report.RootElement.Clone();
    }

    private static void AssertClean(JsonElement report)
    {
        var check = report.GetProperty("check");

        Assert.NotEqual(0, check.GetProperty("expected").GetInt64());
        Assert.Equal(0, check.GetProperty("missing").GetInt64());
        Assert.Equal(0, check.GetProperty("doubled").GetInt64());
        Assert.Equal(0, report.GetProperty("failed").GetInt64());
    }
}
