namespace Microblog.LoadTest.Planning;

/// <summary>What is done per second, of all that costs anything.</summary>
/// <param name="Posts">Posts, replies and boosts.</param>
/// <param name="Reads">Pages of timelines.</param>
/// <param name="Marks">Favourites, follows and deletes.</param>
public sealed record Work(double Posts, double Deliveries, double Reads, double Marks)
{
    /// <summary>So many times as much of everything.</summary>
    public Work Times(double factor) => new(Posts * factor, Deliveries * factor, Reads * factor, Marks * factor);

    /// <summary>With a one before it, for what is used while nothing is done.</summary>
    public double[] ToRow() => [1, Posts, Deliveries, Reads, Marks];
}
