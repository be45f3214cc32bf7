using Microblog.Contracts.Ingest;

namespace Microblog.Contracts.FollowGraph;

/// <summary>
/// Find the readers of a post as soon as Postgres is there, because they were not at hand when it was published. Doing
/// it twice changes nothing that a reader sees.
/// </summary>
public sealed record ExpandLater(PostCreated Post);
