using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class FindMarksConsumer(IMissingMarks marks, Answers answers) : IConsumer<GetMarks>
{
    public async Task Consume(ConsumeContext<GetMarks> context)
    {
        var (accountId, postIds) = context.Message;
        var found = postIds is null
            ? await marks.Load(accountId, context.CancellationToken)
            : await marks.Find(accountId, postIds, context.CancellationToken);
        await answers.Send(context, new MarksFound(accountId, found));
    }
}
