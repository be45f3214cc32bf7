using Microblog.LoadTest.Measuring;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Planning;

/// <summary>What work costs each part, fitted to what runs of different sizes and mixes used.</summary>
public sealed class CostModel
{
    /// <summary>Windows below which a fit of five coefficients says nothing.</summary>
    public const int WindowsMin = 12;

    /// <summary>Parts that are no services of ours.</summary>
    public static readonly IReadOnlyList<string> Engines = ["postgres", "redis", "rabbitmq"];

    private const int Resamples = 100;

    private readonly IReadOnlyList<Window> _windows;

    private CostModel(IReadOnlyList<Window> windows)
    {
        _windows = windows;
        Parts = windows.SelectMany(window => window.Cores.Keys)
            .Distinct()
            .Where(part => part != Processes.Others)
            .Order()
            .ToDictionary(part => part, part => PartCost.Fit(windows, part));
    }

    public IReadOnlyDictionary<string, PartCost> Parts { get; }

    public int WindowCount => _windows.Count;

    /// <summary>The harness itself is a part too: on one machine it takes its share.</summary>
    public IEnumerable<KeyValuePair<string, PartCost>> System => Parts.Where(part => part.Key != Processes.Self);

    /// <exception cref="CommandLineException">The reports hold too little to fit anything.</exception>
    public static CostModel Fit(IEnumerable<LoadReport> reports)
    {
        var windows = reports.SelectMany(Window.Of).ToArray();
        if (windows.Length < WindowsMin)
            throw new CommandLineException(
                $"A plan needs {WindowsMin} windows of 5 s with CPU measured; the reports hold {windows.Length}.");
        var model = new CostModel(windows);
        return Engines.FirstOrDefault(engine => !model.Parts.ContainsKey(engine)) is { } unknown
            ? throw new CommandLineException($"The reports do not know the CPU of {unknown}: measure a local instance.")
            : model;
    }

    /// <summary>
    /// Between what nine of ten fits to windows drawn anew lie: how much to trust the cores of a part at this work.
    /// </summary>
    public (double Low, double High) Interval(string part, Work work, int seed = 1)
    {
        var random = new Random(seed);
        var cores = Enumerable.Range(0, Resamples)
            .Select(_ => PartCost.Fit(random.GetItems([.. _windows], _windows.Count), part).Cores(work))
            .Order()
            .ToArray();
        return (cores[Resamples / 20], cores[^(Resamples / 20)]);
    }

    /// <summary>Cores of everything together, the harness and idle processes included.</summary>
    public double AllCores(Work work) => Parts.Values.Sum(cost => cost.Idle + cost.Cores(work));
}
