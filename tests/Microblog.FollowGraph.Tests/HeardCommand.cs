using Microblog.Contracts.FanOut;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Tests;

/// <summary>A command and the lane it came through.</summary>
/// <param name="TraceParent">W3C context of the trace it belongs to; null outside a trace.</param>
internal sealed record HeardCommand(Lane Lane, AppendToTimelines Command, string? TraceParent);
