using Microblog.Contracts.FanOut;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.Tests;

/// <summary>A command and the lane it came through.</summary>
internal sealed record HeardCommand(Lane Lane, AppendToTimelines Command);
