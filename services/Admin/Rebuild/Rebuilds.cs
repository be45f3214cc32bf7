namespace Microblog.Admin.Rebuild;

/// <summary>Asks the owner of many things to build each of them anew, several at a time.</summary>
internal static class Rebuilds
{
    /// <summary>Enough to keep a service busy, few enough to leave room for its readers.</summary>
    private const int AtOnceMax = 4;

    /// <summary>Returns how many were rebuilt; the first failure ends it.</summary>
    /// <param name="what">In the plural, for the progress.</param>
    public static async Task<int> Run(
        Call call,
        string what,
        IAsyncEnumerable<IReadOnlyList<long>> pages,
        Func<long, CancellationToken, Task> rebuild)
    {
        using var progress = call.Terminal.Progress(what);
        await foreach (var page in pages)
        {
            await Parallel.ForEachAsync(
                page,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = AtOnceMax,
                    CancellationToken = call.CancellationToken,
                },
                async (id, cancellationToken) =>
                {
                    await rebuild(id, cancellationToken);
                    progress.Advance();
                });
        }

        return progress.Count;
    }
}
