using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>Remembers what a host logged.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = [];

    /// <summary>What was said of requests, and errors of any origin; not that a machine under load was slow.</summary>
    public IReadOnlyList<LogEntry> Entries =>
    [
        .. _entries.Where(entry => entry.Level >= LogLevel.Error
            || entry.Category.StartsWith("Microblog.ServiceDefaults.ClientApi.Client", StringComparison.Ordinal)),
    ];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    internal sealed record LogEntry(string Category, LogLevel Level, string Message, Exception? Exception);

    private sealed class Logger(string category, ConcurrentQueue<LogEntry> entries) : ILogger
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
            entries.Enqueue(new(category, logLevel, formatter(state, exception), exception));
    }
}
