namespace Microblog.Contracts.Ingest;

/// <summary>An account that a post names with <c>@username</c>.</summary>
public sealed record Mention(long AccountId, string Username);
