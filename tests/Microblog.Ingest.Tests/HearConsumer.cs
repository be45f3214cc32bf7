using MassTransit;

namespace Microblog.Ingest.Tests;

/// <summary>A durable queue bound to an exchange of Ingest, as FollowGraph and Timeline have them.</summary>
internal sealed class HearConsumer<TMessage>(Heard heard) : IConsumer<TMessage>
    where TMessage : class
{
    public Task Consume(ConsumeContext<TMessage> context)
    {
        heard.Add(context.Message);
        return Task.CompletedTask;
    }
}
