namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// The broker did not confirm or answer in time. What was published may arrive all the same, so nobody may conclude
/// that it did not.
/// </summary>
public sealed class BrokerAwayException(string message, Exception? inner = null) : Exception(message, inner);
