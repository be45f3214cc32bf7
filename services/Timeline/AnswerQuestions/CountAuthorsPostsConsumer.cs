using MassTransit;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Redis;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class CountAuthorsPostsConsumer(CountSnapshots counts, Answers answers) : IConsumer<GetAuthorCounts>
{
    public async Task Consume(ConsumeContext<GetAuthorCounts> context)
    {
        var found = await counts.OfAuthors(context.Message.AccountIds, context.CancellationToken);
        await SpareWrites.Try(() => counts.Write(found));
        await answers.Send(context, new AuthorCountsFound(found));
    }
}
