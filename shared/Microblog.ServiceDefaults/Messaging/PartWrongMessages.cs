using MassTransit;
using MassTransit.Batching;
using MassTransit.Context;
using MassTransit.Middleware.Rescue;
using MassTransit.Transports;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// A batch fails as a whole: one wrong message would take all others along into the error queue. So when a batch has
/// failed in all its tries, each message is tried alone, and only those that fail then are put among the errors. Of a
/// message that says several things each is tried alone, too.
/// </summary>
/// <param name="part">Messages that say one thing each; null when there is but one in a message.</param>
internal sealed class PartWrongMessages<TMessage>(Func<TMessage, IEnumerable<TMessage>>? part)
    : IFilter<ConsumeContext<Batch<TMessage>>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<Batch<TMessage>> context, IPipe<ConsumeContext<Batch<TMessage>>> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (Exception failure) when (!Outage.Caused(failure) && CanPart(context.Message))
        {
            await Part(context, next);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("part-wrong-messages");

    private bool CanPart(Batch<TMessage> batch) => batch.Length > 1 || Parts(batch[0]).Skip(1).Any();

    private IEnumerable<ConsumeContext<TMessage>> Parts(ConsumeContext<TMessage> message) =>
        part is null
            ? [message]
            : part(message.Message).Select(alone => new MessageConsumeContext<TMessage>(message, alone));

    private async Task Part(ConsumeContext<Batch<TMessage>> context, IPipe<ConsumeContext<Batch<TMessage>>> next)
    {
        var wrong = new Dictionary<ConsumeContext<TMessage>, Exception>();
        foreach (var message in context.Message)
        {
            foreach (var alone in Parts(message))
            {
                try
                {
                    await next.Send(Alone(context, alone));
                }
                catch (Exception reason) when (!Outage.Caused(reason))
                {
                    wrong[message] = reason;
                }
            }
        }

        // Last, because an outage on the way brings all of them back, these too. Whole: what was handled alone is
        // known when it comes again.
        foreach (var (message, reason) in wrong)
            await PutAside(message.ReceiveContext, reason);
    }

    private static BatchConsumeContext<TMessage> Alone(ConsumeContext context, ConsumeContext<TMessage> message)
    {
        var at = message.SentTime ?? DateTime.UnixEpoch;
        return new(context, new MessageBatch<TMessage>(at, at, BatchCompletionMode.Forced, [message]));
    }

    // As MassTransit's own filter does for a message that failed by itself, with the same headers.
    private static Task PutAside(ReceiveContext message, Exception reason)
    {
        LogContext.Error?.Log(
            reason,
            "Message {MessageId} of {Queue} is put among its errors",
            message.GetMessageId(),
            message.InputAddress);
        return message.TryGetPayload(out IErrorTransport? errors)
            ? errors.Send(new RescueExceptionReceiveContext(message, reason))
            : throw new InvalidOperationException($"{message.InputAddress} has no place for errors.");
    }
}
