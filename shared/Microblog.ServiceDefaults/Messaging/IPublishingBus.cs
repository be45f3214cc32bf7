using MassTransit;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// A second connection, for publishing only: a broker alarm blocks a publishing connection whole, acknowledgements
/// included, and must not stop a service from consuming.
/// </summary>
public interface IPublishingBus : IBus;
