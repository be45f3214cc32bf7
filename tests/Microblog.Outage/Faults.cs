namespace Microblog.Outage;

/// <summary>Every fault that one machine can cause by itself; what each means says <c>infra/fault --help</c>.</summary>
public static class Faults
{
    private const string FillDisk = "fill-disk";

    public static IReadOnlyList<Fault> OfOnePart { get; } =
    [
        Of("postgres", "stop", "start"),
        Of("postgres", "kill", "start"),
        Of("postgres", "pause", "resume"),
        Of("postgres", "readonly", "writable"),
        Of("postgres", "crowd-out", "admit"),
        Of("postgres", FillDisk, "free-disk"),
        Of("rabbitmq", "stop", "start"),
        Of("rabbitmq", "kill", "start"),
        Of("rabbitmq", "pause", "resume"),
        Of("rabbitmq", "memory-alarm", "clear-alarms"),
        Of("rabbitmq", "disk-alarm", "clear-alarms"),
        Of("rabbitmq", "close-connections"),
        Of("redis", "stop", "start"),
        Of("redis", "kill", "start"),
        Of("redis", "pause", "resume"),
        Of("redis", "flush"),
        Of("redis", "readonly", "writable"),
        Of("redis", "full", "unfull"),
        Of("ingest", "kill", "start"),
        Of("fan-out", "kill", "start"),
        Of("timeline", "kill", "start"),
        Of("follow-graph", "kill", "start"),
        Of("accounts", "kill", "start"),
        Of("ingest", "restart"),
        Of("fan-out", "restart"),
        Of("timeline", "restart"),
        Of("follow-graph", "restart"),
        Of("accounts", "restart"),
        Of("fan-out", "pause", "resume"),
        Of("follow-graph", "pause", "resume"),
        Of("timeline", "pause", "resume"),
    ];

    /// <summary>Two parts at once: posting may be refused, and nothing may be lost or half-accepted.</summary>
    public static IReadOnlyList<Fault> OfTwoParts { get; } =
    [
        Both(Of("rabbitmq", "stop", "start"), Of("redis", "stop", "start")),
        Both(Of("postgres", "stop", "start"), Of("redis", "stop", "start")),
        Both(Of("postgres", "stop", "start"), Of("rabbitmq", "stop", "start")),
        Both(Of("rabbitmq", "pause", "resume"), Of("ingest", "kill", "start")),
    ];

    public static IReadOnlyList<Fault> All { get; } = [.. OfOnePart, .. OfTwoParts];

    /// <summary>Whether it takes a disk that may be filled without harm to others.</summary>
    public static bool FillsDisk(Fault fault) => fault.Cause.Any(step => step.Action == FillDisk);

    private static Fault Of(string part, string cause, string? heal = null) =>
        new($"{part} {cause}", [new(part, cause)], heal is null ? [] : [new(part, heal)]);

    private static Fault Both(Fault first, Fault second) =>
        new($"{first}, {second}", [.. first.Cause, .. second.Cause], [.. second.Heal, .. first.Heal]);
}
