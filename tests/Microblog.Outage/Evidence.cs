namespace Microblog.Outage;

/// <summary>What the system says when everything has settled.</summary>
/// <param name="Favourites">Active ones.</param>
/// <param name="Homes">By reader, in the order in which they were served, down to the moment of interest.</param>
public sealed record Evidence(
    IReadOnlyList<StoredRow> Rows,
    IReadOnlySet<(long PostId, long AccountId)> Favourites,
    IReadOnlyDictionary<long, IReadOnlyList<HomeEntry>> Homes);
