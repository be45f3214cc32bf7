namespace Microblog.Outage;

/// <param name="Seed">Decides who does what, and the order of the faults.</param>
/// <param name="RequestsPerSecond">Requests of all people together, reads included.</param>
/// <param name="JournalFile">Where every request and its answer go.</param>
public sealed record Settings(int Seed, double RequestsPerSecond, string JournalFile);
