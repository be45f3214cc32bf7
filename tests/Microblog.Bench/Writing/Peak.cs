namespace Microblog.Bench.Writing;

/// <summary>The most that can be posted and delivered in a second, and how many clients at once it takes.</summary>
internal sealed record Peak(double PerSecond, int Clients)
{
    private static readonly int[] ClientsAtOnce = [16, 48];

    /// <summary>Tries some numbers of clients, each after a short while to warm up.</summary>
    public static async Task<Peak> Find(
        Writers writers, Delivery delivery, TimeSpan length, CancellationToken cancellationToken)
    {
        await Try(writers, delivery, ClientsAtOnce[0], length / 2, cancellationToken);
        var tried = new List<Peak>();
        foreach (var clients in ClientsAtOnce)
            tried.Add(new(await Try(writers, delivery, clients, length, cancellationToken), clients));
        return tried.MaxBy(peak => peak.PerSecond)!;
    }

    private static async Task<double> Try(
        Writers writers, Delivery delivery, int clients, TimeSpan length, CancellationToken cancellationToken)
    {
        var posts = await writers.Closed(clients, length, cancellationToken);
        return posts.Goodput(await delivery.Settle(posts, cancellationToken));
    }
}
