namespace Microblog.Admin;

/// <summary>What was asked for cannot be done; the message says why, and what would help.</summary>
internal sealed class FailureException(string message, Exception? inner = null) : Exception(message, inner);
