namespace Microblog.Admin.Check;

/// <summary>
/// Compares everything once, and what differed again and again: only what is the same for as long as one is willing to
/// wait is a difference, the rest was under way.
/// </summary>
internal sealed class Comparer(IReadOnlyList<IComparison> comparisons, TimeSpan wait, Terminal terminal)
{
    private const int SubjectsPerPage = 100;

    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(3);

    /// <summary>An entry for each comparison, in their order.</summary>
    public async Task<IReadOnlyDictionary<IComparison, IReadOnlyList<Difference>>> Find(
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<IComparison, IReadOnlyList<Difference>>();
        foreach (var comparison in comparisons)
            found[comparison] = await Compare(comparison, comparison.Subjects(cancellationToken), cancellationToken);

        var pause = TimeSpan.FromMilliseconds(500);
        for (var waited = TimeSpan.Zero; waited < wait && found.Values.Any(some => some.Count > 0);)
        {
            pause = Shortest(Shortest(pause * 2, PauseMax), wait - waited);
            await Task.Delay(pause, terminal.Clock, cancellationToken);
            waited += pause;
            var still = await Recheck(found, cancellationToken);
            found = found.ToDictionary(
                some => some.Key,
                some => (IReadOnlyList<Difference>)[.. some.Value.Where(still[some.Key].Contains)]);
        }

        return found;
    }

    /// <summary>What the subjects of these differences differ in now.</summary>
    public async Task<IReadOnlyDictionary<IComparison, IReadOnlyList<Difference>>> Recheck(
        IReadOnlyDictionary<IComparison, IReadOnlyList<Difference>> differences,
        CancellationToken cancellationToken)
    {
        var left = new Dictionary<IComparison, IReadOnlyList<Difference>>();
        foreach (var (comparison, found) in differences)
        {
            var subjects = found.Select(difference => difference.Subject).Distinct().Chunk(SubjectsPerPage);
            left[comparison] = await Compare(comparison, subjects.ToAsyncEnumerable(), cancellationToken);
        }

        return left;
    }

    private async Task<IReadOnlyList<Difference>> Compare(
        IComparison comparison,
        IAsyncEnumerable<IReadOnlyList<string>> pages,
        CancellationToken cancellationToken)
    {
        using var progress = terminal.Progress(comparison.Title);
        var found = new HashSet<Difference>();
        await foreach (var page in pages)
        {
            foreach (var subjects in page.Chunk(SubjectsPerPage))
            {
                found.UnionWith(await comparison.Compare(subjects, cancellationToken));
                progress.Advance(subjects.Length);
            }
        }

        return [.. found];
    }

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
