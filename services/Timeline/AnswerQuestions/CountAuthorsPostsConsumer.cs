using MassTransit;
using Microblog.Contracts.Timeline;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class CountAuthorsPostsConsumer(CountSnapshots counts, Answers answers) : IConsumer<GetAuthorCounts>
{
    public async Task Consume(ConsumeContext<GetAuthorCounts> context) => await answers.Send(
        context,
        new AuthorCountsFound(await counts.CopyAuthors(context.Message.AccountIds, context.CancellationToken)));
}
