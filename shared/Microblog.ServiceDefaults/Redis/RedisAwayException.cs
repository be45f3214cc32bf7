namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// Redis did not answer in time, or refused because it is loading, read-only or full. A command that was under way may
/// have been executed.
/// </summary>
public sealed class RedisAwayException(string message, Exception? inner = null) : Exception(message, inner);
