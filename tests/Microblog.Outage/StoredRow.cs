namespace Microblog.Outage;

/// <summary>A post as it stands in Postgres.</summary>
public sealed record StoredRow(long Id, long AuthorId, string Text, long? BoostOfId, bool IsDeleted);
