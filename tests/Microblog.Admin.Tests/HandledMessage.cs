using RabbitMQ.Client;

namespace Microblog.Admin.Tests;

/// <summary>A message that reached the queue of a service.</summary>
internal sealed record HandledMessage(string Queue, BasicProperties Properties, byte[] Body);
