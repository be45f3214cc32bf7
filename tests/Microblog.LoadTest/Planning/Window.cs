using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Planning;

/// <summary>A few seconds of a run: what was done, and the cores that each part kept busy with it.</summary>
public sealed record Window(Work Work, IReadOnlyDictionary<string, double> Cores)
{
    /// <summary>
    /// Work that is accepted is not done at once; in so many seconds most of it is, if the system keeps up.
    /// </summary>
    private const int Seconds = 5;

    /// <summary>Where more messages wait, what was accepted was not what was done.</summary>
    private const long QueuedMax = 500;

    public static IEnumerable<Window> Of(LoadReport report) =>
        from some in report.Moments.Where(moment => moment.Cpu.Count > 2).Chunk(Seconds)
        where some.Length == Seconds && some.All(moment => moment.Queued is null or <= QueuedMax)
        let length = some.Sum(moment => moment.Length)
        select new Window(
            new(
                some.Sum(moment => moment.Posts) / length,
                some.Sum(moment => moment.Deliveries) / length,
                some.Sum(moment => moment.Reads) / length,
                some.Sum(moment => moment.Marks) / length),
            some.SelectMany(moment => moment.Cpu.Select(part => (part.Key, Seconds: part.Value * moment.Length)))
                .GroupBy(part => part.Key)
                .ToDictionary(part => part.Key, part => part.Sum(value => value.Seconds) / length));
}
