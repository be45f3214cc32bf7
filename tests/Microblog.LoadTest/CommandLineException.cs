namespace Microblog.LoadTest;

/// <summary>What was asked for makes no sense; the message is for whoever asked.</summary>
public sealed class CommandLineException(string message) : Exception(message);
