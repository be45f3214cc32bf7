using Microblog.LoadTest.Limits;
using Microblog.LoadTest.Planning;
using Microblog.LoadTest.Reporting;
using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest;

/// <summary>What may be asked for. Each answers with the exit code.</summary>
internal static class Commands
{
    /// <summary>
    /// While the JIT compiler is at work a service costs a multiple of what it does afterwards, and no rate is kept
    /// that is kept a minute later.
    /// </summary>
    private static readonly TimeSpan LimitWarmUp = TimeSpan.FromSeconds(30);

    private static readonly string[] RunFlags = ["--reuse", "--find-limit"];

    /// <summary>A load, or a search for the limit: 1 when something was missing or doubled.</summary>
    public static async Task<int> Run(string[] words, CancellationToken interrupted)
    {
        var options = LoadOptions.From(new(words, RunFlags));
        var progress = new Progress();
        using var api = new Api(options.Origin);
        await using var instruments = await Instruments.Connect(options.Engines);
        var world = await Prepare(options, api, progress, interrupted);
        var run = new LoadRun(options, world, api, instruments, progress, TimeProvider.System);
        var report = options.Objective is { } objective
            ? await FindLimit(run, options, objective, progress, interrupted)
            : await run.Run(options.Traffic, interrupted);
        Write(report, options.Output);
        if (interrupted.IsCancellationRequested)
            return 130;
        return report.Check.IsClean && report.GivenUpMessages is null or 0 ? 0 : 1;
    }

    /// <summary>Whether a run may be asked for like this, before a system is started for it.</summary>
    public static int Check(string[] words)
    {
        var options = LoadOptions.From(new(["--origin", "http://127.0.0.1", .. words], RunFlags));
        if (options.World.Graph is not null)
            options.World.MakeGraph();
        return 0;
    }

    public static int Merge(string[] words)
    {
        var line = new CommandLine(words);
        var output = line.Text("--output") ?? LoadOptions.DefaultOutput;
        line.RefuseUnknown();
        if (line.Operands.Count == 0)
            throw new CommandLineException("merge needs the report.json of each shard.");
        var report = ReportMerge.Merge([.. line.Operands.Select(LoadReport.Read)]);
        Write(report, output);
        return report.Check.IsClean ? 0 : 1;
    }

    private static async Task<World> Prepare(
        LoadOptions options, Api api, Progress progress, CancellationToken interrupted)
    {
        var folder = new WorldFolder(options.WorldFolder);
        if (options.IsReused && folder.Find(options.World, options.Origin) is { } kept && await IsThere(kept, api))
        {
            progress.Say($"The world in {options.WorldFolder} is used again.");
            return kept;
        }

        progress.Say(options.World.Graph is { } path ? $"Reading {path}" : "Drawing who follows whom");
        var graph = options.World.MakeGraph();
        var world = options.Engines.TakeBulk
            ? await new BulkWorld(options.Engines, TimeProvider.System, progress)
                .Make(options.World, graph, interrupted)
            : await new JoinedWorld(api, progress).Make(options.World, graph, interrupted);
        if (options.IsReused)
            folder.Keep(world, options.Origin);
        return world;
    }

    // The origin may have lost its data, or its keys, since.
    private static async Task<bool> IsThere(World world, Api api)
    {
        var answer = await api.Send(
            HttpMethod.Get, "/api/v1/accounts/verify_credentials", world.People[0].Token);
        return answer.IsOk;
    }

    /// <summary>The report of the best run, with all steps. Each step leaves a report of its own beside it.</summary>
    private static async Task<LoadReport> FindLimit(
        LoadRun run, LoadOptions options, Objective objective, Progress progress, CancellationToken interrupted)
    {
        var steady = options.Traffic with { Profile = RateProfile.Steady.Name };
        progress.Say(FormattableString.Invariant(
            $"{LimitWarmUp.TotalSeconds:0} s at {steady.Rate:0.#} operations/s to warm up, not counted"));
        await run.Run(steady with { Length = LimitWarmUp }, interrupted);

        var search = new LimitSearch(steady.Rate);
        var steps = new List<LimitStep>();
        LoadReport? last = null, best = null;
        while (search.Next() is { } rate && !interrupted.IsCancellationRequested)
        {
            last = await run.Run(steady with { Rate = rate }, interrupted);
            var step = LimitStep.Of(last, objective);
            steps.Add(step);
            search.Tried(rate, step.IsKept);
            if (step.IsKept)
                best = last;
            Directory.CreateDirectory(options.Output);
            last.Write(Path.Combine(options.Output, FormattableString.Invariant($"step-{steps.Count}.json")));
            progress.Say(FormattableString.Invariant(
                $"{rate:0.#} operations/s: {(step.IsKept ? "kept" : "too much: " + string.Join(", ", step.Missed))}"));
        }

        var report = (best ?? last ?? throw new OperationCanceledException(interrupted)) with
        {
            Limit = new(objective.Text, search.Best, steps),
        };
        if (search.Best > 0 && options.Engines.Home is not null)
            await RunForPlan(run, report, Path.Combine(options.Output, PlanRuns.Folder), progress, interrupted);
        return report;
    }

    /// <summary>Leaves the reports that a plan needs, or none.</summary>
    private static async Task RunForPlan(
        LoadRun run, LoadReport searched, string folder, Progress progress, CancellationToken interrupted)
    {
        progress.Say("For plans, other rates and mixes of what people do");
        var reports = new Dictionary<string, LoadReport> { ["limit"] = searched };
        foreach (var (name, traffic) in PlanRuns.Of(searched.Traffic, searched.Limit!.Rate))
        {
            if (interrupted.IsCancellationRequested)
                return;
            reports.Add(name, await run.Run(traffic, interrupted));
        }

        if (interrupted.IsCancellationRequested)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (name, report) in reports)
            report.Write(Path.Combine(folder, name + ".json"));
        progress.Say($"infra/load plan now plans with these runs; they are in {folder}.");
    }

    private static void Write(LoadReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        report.Write(Path.Combine(folder, "report.json"));
        File.WriteAllText(Path.Combine(folder, "report.html"), HtmlReport.Of(report));
        Console.WriteLine();
        Console.Write(Summary.Of(report));
        if (report.Limit is not null)
            Console.Write(LimitTable.Of(report.Limit));
        Console.WriteLine($"{Path.Combine(folder, "report.html")} shows it, report.json beside it holds it all.");
    }
}
