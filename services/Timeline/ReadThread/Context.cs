using Microblog.ClientEntities.Entities;

namespace Microblog.Timeline.ReadThread;

/// <summary>The conversation around a post.</summary>
internal sealed record Context(IReadOnlyList<Status> Ancestors, IReadOnlyList<Status> Descendants);
