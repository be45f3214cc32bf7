namespace Microblog.Accounts.Storage;

/// <summary>Up to where a timeline was read.</summary>
/// <param name="Version">Rises with every change, from 1; 0 for a timeline that was never marked.</param>
internal sealed record Marker(string LastReadId, int Version, DateTimeOffset UpdatedAt);
