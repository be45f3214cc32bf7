namespace Microblog.Timeline.ReadPost;

/// <summary>What an author typed.</summary>
internal sealed record StatusSource(string Id, string Text, string SpoilerText);
