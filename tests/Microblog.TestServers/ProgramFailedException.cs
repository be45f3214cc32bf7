namespace Microblog.TestServers;

/// <summary>A program of this repository ended with another code than 0; the message has all that it printed.</summary>
public sealed class ProgramFailedException(string message) : Exception(message);
