namespace Microblog.Contracts.Timeline;

/// <summary>
/// Asks how many posts there are in all, for the instance page. Answered by <see cref="PostsCounted"/>.
/// </summary>
public sealed record CountPosts;
