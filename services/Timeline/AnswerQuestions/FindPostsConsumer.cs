using MassTransit;
using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class FindPostsConsumer(IMissingPosts posts, Answers answers) : IConsumer<GetPosts>
{
    public async Task Consume(ConsumeContext<GetPosts> context) => await answers.Send(
        context,
        new PostsFound(await posts.Load(context.Message.PostIds, context.CancellationToken)));
}
