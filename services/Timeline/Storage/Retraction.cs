using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Storage;

/// <summary>A post that lost against another one.</summary>
/// <param name="BoostOfId">What it boosted; null unless it is a boost.</param>
/// <param name="WinnerId">The boost that stays in its place; 0 when none does.</param>
internal sealed record Retraction(PostDeleted Deleted, long? BoostOfId, long WinnerId);
