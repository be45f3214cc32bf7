namespace Microblog.ClientEntities.Entities;

/// <summary>A hashtag of a post, without <c>#</c>.</summary>
public sealed record StatusTag(string Name, string Url);
