namespace Microblog.Outage;

/// <summary>A post as it stands in a home timeline.</summary>
/// <param name="Content">The HTML; a boost's is that of its original.</param>
/// <param name="BoostOfId">Null unless it is a boost.</param>
public sealed record HomeEntry(long Id, long AuthorId, string Content, long? BoostOfId);
