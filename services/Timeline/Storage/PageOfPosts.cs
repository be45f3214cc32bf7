using Microblog.Contracts.Timeline;

namespace Microblog.Timeline.Storage;

/// <summary>A page, newest first.</summary>
/// <param name="Cursors">One for each post.</param>
/// <param name="IsCutShort">Postgres was away, so that there may be more.</param>
internal sealed record PageOfPosts(IReadOnlyList<StoredPost> Posts, IReadOnlyList<long> Cursors, bool IsCutShort);
