using System.Diagnostics.Metrics;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Tests.Standby;

public sealed class StandbyBoardTests : IDisposable
{
    private readonly Lines _log = new();
    private readonly ServiceProvider _services;
    private readonly StandbyBoard _board;

    public StandbyBoardTests()
    {
        _services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton<ILogger<StandbyBoard>>(_log)
            .AddSingleton<StandbyBoard>()
            .BuildServiceProvider();
        _board = _services.GetRequiredService<StandbyBoard>();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void What_was_reported_stands_there_until_it_is_reported_back()
    {
        _board.Report("redis", isAway: true);
        _board.Report("postgres", isAway: true);
        Assert.Equal(["postgres", "redis"], _board.Away);

        _board.Report("redis", isAway: false);
        Assert.Equal(["postgres"], _board.Away);
    }

    [Fact]
    public void What_others_see_stands_there_too_but_is_not_told_to_others_again()
    {
        _board.Hear(["postgres"]);
        _board.Report("postgres", isAway: false);

        Assert.Equal(["postgres"], _board.Away);
        Assert.Empty(_board.Seen);

        _board.Hear([]);
        Assert.Empty(_board.Away);
    }

    [Fact]
    public void However_often_something_is_reported_the_log_has_one_line_for_each_change()
    {
        for (var i = 0; i < 3; i++)
            _board.Report("redis", isAway: true);
        _board.Hear(["redis"]);
        for (var i = 0; i < 3; i++)
            _board.Report("redis", isAway: false);
        _board.Hear([]);

        Assert.Equal(
            ["redis is away; going on without it", "redis is back"],
            _log.Said);
    }

    [Fact]
    public void Every_part_is_a_number_for_operators()
    {
        var seen = new Dictionary<string, int>();
        using var listener = new MeterListener();
        var meters = _services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => seen[(string)tags[0].Value!] = value);
        listener.Start();

        _board.Report("rabbitmq", isAway: true);
        listener.RecordObservableInstruments();

        Assert.Equal(new() { ["postgres"] = 0, ["rabbitmq"] = 1, ["redis"] = 0 }, seen);
    }

    private sealed class Lines : ILogger<StandbyBoard>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
