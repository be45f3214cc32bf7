using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>One list and the ids to append to it, ascending and each once.</summary>
internal sealed record TimelinePush(RedisKey Key, IReadOnlyList<RedisValue> PostIds);
