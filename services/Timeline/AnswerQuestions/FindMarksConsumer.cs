using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class FindMarksConsumer(IMissingMarks marks, Answers answers) : IConsumer<GetMarks>
{
    public async Task Consume(ConsumeContext<GetMarks> context)
    {
        var accountId = context.Message.AccountId;
        await answers.Send(context, new MarksFound(accountId, await marks.Load(accountId, context.CancellationToken)));
    }
}
