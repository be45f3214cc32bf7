namespace Microblog.Admin;

/// <summary>What was typed makes no sense; the message says why.</summary>
internal sealed class BadUseException(string message) : Exception(message);
