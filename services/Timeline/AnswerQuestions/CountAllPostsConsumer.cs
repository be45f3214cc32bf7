using MassTransit;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.AnswerQuestions;

internal sealed class CountAllPostsConsumer(PostgresReads database, Answers answers) : IConsumer<CountPosts>
{
    // One row per author instead of one per post.
    private const string Sql = "SELECT coalesce(sum(posts_count), 0)::bigint FROM authors";

    public async Task Consume(ConsumeContext<CountPosts> context)
    {
        await using var command = database.CreateCommand(Sql);
        var posts = (long)(await command.ExecuteScalarAsync(context.CancellationToken))!;
        await answers.Send(context, new PostsCounted(posts));
    }
}
