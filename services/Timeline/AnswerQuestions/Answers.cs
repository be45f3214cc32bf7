using MassTransit;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Timeline.AnswerQuestions;

/// <summary>
/// Sends answers over the publishing connection: a broker alarm blocks a connection that publishes whole, and posts
/// must be stored all the same.
/// </summary>
internal sealed class Answers(IPublishingBus bus)
{
    /// <summary>Nobody waits longer for an answer.</summary>
    private static readonly TimeSpan Deadline = Publisher.AnswerDeadline;

    public async Task Send<TQuestion, TAnswer>(ConsumeContext<TQuestion> question, TAnswer answer)
        where TQuestion : class
        where TAnswer : class
    {
        if (question.ResponseAddress is not { } address)
            throw new InvalidOperationException($"{typeof(TQuestion).Name} {question.MessageId} names no asker.");
        var asker = await bus.GetSendEndpoint(address).WaitAsync(Deadline, question.CancellationToken);
        await asker.Send(answer, send => send.RequestId = question.RequestId, CancellationToken.None)
            .WaitAsync(Deadline, question.CancellationToken);
    }
}
