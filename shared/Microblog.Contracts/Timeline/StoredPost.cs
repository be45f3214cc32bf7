using Microblog.Contracts.Ingest;

namespace Microblog.Contracts.Timeline;

/// <summary>A canonical post with its counts.</summary>
public sealed record StoredPost(PostCreated Post, PostCounts Counts);
