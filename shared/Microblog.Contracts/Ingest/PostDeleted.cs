namespace Microblog.Contracts.Ingest;

/// <summary>
/// A post, or a boost, was taken back by its author. It may overtake its own <see cref="PostsCreated"/>.
/// </summary>
public sealed record PostDeleted(long PostId, long AuthorId, DateTimeOffset DeletedAt);
