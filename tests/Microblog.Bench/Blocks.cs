using System.Globalization;
using Microblog.LoadTest;

namespace Microblog.Bench;

/// <summary>
/// Measures contestants in turn within one run, A B B A A B …, so that what slows the machine slows both. A first round
/// warms everything up and is dropped.
/// </summary>
/// <param name="rounds">Rounds that count.</param>
/// <param name="length">Of one block.</param>
public sealed class Blocks(int rounds, TimeSpan length, Progress progress)
{
    private const int Seed = 1;

    public int Rounds => rounds;

    public TimeSpan Length => length;

    /// <summary>For each round that counts what each contestant measured, in the order of the contestants.</summary>
    /// <param name="name">Of the goal, for the progress.</param>
    /// <param name="contestants">Each measures one block of about the length it is given.</param>
    public async Task<IReadOnlyList<T[]>> Alternate<T>(
        string name,
        IReadOnlyList<Func<TimeSpan, CancellationToken, Task<T>>> contestants,
        CancellationToken cancellationToken)
    {
        var measured = new List<T[]>();
        for (var round = 0; round <= rounds; round++)
        {
            var row = new T[contestants.Count];
            var order = Enumerable.Range(0, contestants.Count);
            foreach (var i in round % 2 == 0 ? order : order.Reverse())
            {
                cancellationToken.ThrowIfCancellationRequested();
                row[i] = await contestants[i](length, cancellationToken);
            }

            if (round > 0)
                measured.Add(row);
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{name}: round {round} of {rounds}"));
        }

        return measured;
    }

    /// <summary>
    /// The same time in so many shorter blocks, in an order drawn anew for each turn: what slows the machine slows
    /// neighbours alike, and nobody always comes after the same one. For small differences.
    /// </summary>
    /// <param name="turns">Of each contestant in a round.</param>
    /// <returns>For each round that counts its turns; for each turn what each contestant measured.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<T[]>>> Shuffle<T>(
        string name,
        int turns,
        IReadOnlyList<Func<TimeSpan, CancellationToken, Task<T>>> contestants,
        CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var order = Enumerable.Range(0, contestants.Count).ToArray();
        var measured = new List<T[][]>();
        for (var round = 0; round <= rounds; round++)
        {
            var rows = new T[turns][];
            for (var turn = 0; turn < turns; turn++)
            {
                random.Shuffle(order);
                rows[turn] = new T[contestants.Count];
                foreach (var i in order)
                    rows[turn][i] = await contestants[i](length / turns, cancellationToken);
            }

            if (round > 0)
                measured.Add(rows);
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{name}: round {round} of {rounds}"));
        }

        return measured;
    }
}
