namespace Microblog.ServiceDefaults.Redis;

/// <summary>Redis refused a raw command; the message is its own, beginning with the kind of error.</summary>
public sealed class RawErrorException(string message) : Exception(message);
