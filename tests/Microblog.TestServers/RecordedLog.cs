using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Microblog.TestServers;

/// <summary>Remembers what the service logged as a warning or worse.</summary>
public sealed class RecordedLog(ConcurrentQueue<RecordedLog.Entry> entries) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(entries);

    public void Dispose()
    {
    }

    /// <summary>One line of the log.</summary>
    public sealed record Entry(LogLevel Level, string Message, Exception? Exception);

    private sealed class Logger(ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new(logLevel, formatter(state, exception), exception));
    }
}
