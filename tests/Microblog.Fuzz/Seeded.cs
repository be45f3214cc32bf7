namespace Microblog.Fuzz;

/// <summary>Chances that come out the same again for the same seed.</summary>
internal static class Seeded
{
    private const int Stride = 1_000_003;

    /// <summary>Chances of one request, whatever the others do meanwhile.</summary>
    public static Random Request(int seed, int index) => new(unchecked((seed * Stride) + index));

    public static T Any<T>(this Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <param name="share">How often it is true: 0.25 is every fourth time.</param>
    public static bool Chance(this Random random, double share) => random.NextDouble() < share;
}
