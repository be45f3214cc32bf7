namespace Microblog.Contracts.FanOut;

/// <summary>One post and readers who must receive it.</summary>
/// <param name="AuthorId">Whose list of own posts takes it too; null in all but the first delivery of a post.</param>
public sealed record Delivery(long PostId, IReadOnlyList<long> ReaderIds, long? AuthorId = null);
