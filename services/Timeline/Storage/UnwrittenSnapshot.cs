using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Storage;

/// <summary>A post that Redis was not told of.</summary>
/// <param name="Noted">How often it was noted.</param>
internal sealed record UnwrittenSnapshot(PostCreated Post, bool IsDeleted, long Noted);
