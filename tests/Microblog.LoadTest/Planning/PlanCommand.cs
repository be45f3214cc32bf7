using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Planning;

/// <summary><c>infra/load plan</c>.</summary>
internal static class PlanCommand
{
    /// <summary>How busy all cores of a machine are when the default objective is just kept.</summary>
    private const double UtilisationAtLimit = 0.9;

    /// <summary>Reports that come with the harness, so that there is a plan before anything was measured.</summary>
    private const string Measured = "Measured";

    public static int Run(string[] words)
    {
        var line = new CommandLine(words);
        var demand = Demand.From(line);
        var from = line.Text("--from") ?? Known(LoadOptions.DefaultOutput);
        line.RefuseUnknown();
        var reports = Reports(from);
        Console.WriteLine(PlanText.Origin(from, reports));
        var costs = CostModel.Fit(reports);
        // The largest world says best what a piece of data costs.
        var storage = reports.Where(report => report.Storage is not null).MaxBy(report => report.World.Follows)?.Storage
            ?? throw new CommandLineException("None of the reports has looked at what is stored.");
        Console.Write(PlanText.Of(new(demand, costs, storage), costs));
        foreach (var searched in reports.Where(report => report.Limit is { Rate: > 0 }))
        {
            Console.WriteLine();
            Console.Write(PlanText.OfMachine(CostModel.Fit(Below(searched, reports)), searched));
        }

        return 0;
    }

    /// <summary>Measured below the limit, or with another mix: the limit must not tell where it is.</summary>
    internal static IEnumerable<LoadReport> Below(LoadReport searched, IEnumerable<LoadReport> reports) =>
        reports.Where(report => report.Limit is null
            && (report.Traffic.Rate < searched.Limit!.Rate || report.Traffic.Mix != searched.Traffic.Mix));

    /// <summary>
    /// The rate at which the machine of the search has no cores left for more, besides what others took meanwhile.
    /// </summary>
    internal static (double Rate, string First) LimitOf(LoadReport searched, CostModel costs) =>
        CapacityPlan.MachineLimit(costs, searched, CoresLeft(searched), UtilisationAtLimit);

    internal static double CoresLeft(LoadReport searched) =>
        searched.Machine.Cores - searched.Limit!.Steps.Average(step => step.OtherCores ?? 0);

    /// <summary>What a search for the limit has left here, and otherwise what comes with the harness.</summary>
    internal static string Known(string output) => Path.Combine(output, PlanRuns.Folder) is var own
        && Directory.Exists(own)
        ? own
        : Path.Combine(AppContext.BaseDirectory, Measured);

    private static LoadReport[] Reports(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order().Select(LoadReport.Read)]
        : throw new CommandLineException($"There is no folder {folder}.");
}
