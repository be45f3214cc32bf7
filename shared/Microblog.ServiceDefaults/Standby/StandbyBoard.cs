using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Microblog.ServiceDefaults.Standby;

/// <summary>
/// Which parts are away, as this process sees it or was told by others that see it. What is written there is shown to
/// clients and operators, and decides nothing: whoever uses a part finds out by itself.
/// </summary>
public sealed partial class StandbyBoard
{
    public const string Postgres = "postgres";
    public const string RabbitMq = "rabbitmq";
    public const string Redis = "redis";

    private static readonly string[] Parts = [Postgres, RabbitMq, Redis];

    private readonly ILogger<StandbyBoard> _logger;
    private readonly Lock _changing = new();
    private ImmutableSortedSet<string> _seen = [];
    private ImmutableSortedSet<string> _heard = [];
    private volatile ImmutableSortedSet<string> _away = [];

    public StandbyBoard(IMeterFactory meters, ILogger<StandbyBoard> logger)
    {
        _logger = logger;
        meters.Create("Microblog.Standby").CreateObservableGauge(
            "microblog.standby",
            () => Parts.Select(part => new Measurement<int>(
                _away.Contains(part) ? 1 : 0,
                new KeyValuePair<string, object?>("part", part))),
            description: "1 while the part is away.");
    }

    /// <summary>The parts that are away, in alphabetical order; empty when all is well.</summary>
    public IReadOnlyCollection<string> Away => _away;

    /// <summary>What this process sees itself, and others cannot know.</summary>
    internal ImmutableSortedSet<string> Seen => Volatile.Read(ref _seen);

    /// <summary>Says how a part stands; to be called as often as one likes.</summary>
    public void Report(string part, bool isAway)
    {
        if (Seen.Contains(part) == isAway)
            return;

        lock (_changing)
            Change(isAway ? _seen.Add(part) : _seen.Remove(part), _heard);
    }

    /// <summary>What other processes see, in place of what was heard before.</summary>
    internal void Hear(IEnumerable<string> parts)
    {
        lock (_changing)
            Change(_seen, [.. parts]);
    }

    private void Change(ImmutableSortedSet<string> seen, ImmutableSortedSet<string> heard)
    {
        var away = seen.Union(heard);
        foreach (var part in away.Except(_away))
            LogAway(_logger, part);
        foreach (var part in _away.Except(away))
            LogBack(_logger, part);
        Volatile.Write(ref _seen, seen);
        (_heard, _away) = (heard, away);
    }

    [LoggerMessage(LogLevel.Warning, "{Part} is away; going on without it")]
    private static partial void LogAway(ILogger logger, string part);

    [LoggerMessage(LogLevel.Information, "{Part} is back")]
    private static partial void LogBack(ILogger logger, string part);
}
