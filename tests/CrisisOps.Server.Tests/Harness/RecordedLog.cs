using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>Everything a node logged, with its exceptions, one text per entry.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public IEnumerable<string> All => _entries.Select(e => e.Text);

    public IEnumerable<string> Errors => _entries.Where(e => e.Level >= LogLevel.Error).Select(e => e.Text);

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<(LogLevel, string)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((logLevel, $"{name}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}"));
    }
}
