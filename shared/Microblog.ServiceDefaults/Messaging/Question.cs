namespace Microblog.ServiceDefaults.Messaging;

/// <summary>Says that a consumer answers questions, which nobody waits for once they have expired.</summary>
/// <param name="Consumer">Its queue's name, without the service's.</param>
internal sealed record Question(string Consumer);
