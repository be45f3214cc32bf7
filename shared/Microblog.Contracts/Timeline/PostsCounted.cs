namespace Microblog.Contracts.Timeline;

/// <summary>The answer to <see cref="CountPosts"/>.</summary>
public sealed record PostsCounted(long Posts);
