namespace Microblog.ClientEntities.Entities;

/// <summary>An account that a post names.</summary>
public sealed record StatusMention(string Id, string Username, string Url, string Acct);
