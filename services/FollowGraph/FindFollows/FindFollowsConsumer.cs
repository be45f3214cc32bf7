using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.FindFollows;

/// <summary>Answers who followed an account, newest first.</summary>
internal sealed class FindFollowsConsumer(PostgresReads database) : IConsumer<GetFollows>
{
    private const int LimitMax = 1_000;

    private const string Sql =
        """
        SELECT follow_id, follower_id, followee_id, followed_at
          FROM follows
         WHERE followee_id = $1 AND follow_id < $2
         ORDER BY follow_id DESC
         LIMIT $3
        """;

    public async Task Consume(ConsumeContext<GetFollows> context)
    {
        var question = context.Message;
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = question.FolloweeId });
        command.Parameters.Add(new() { Value = question.BeforeId });
        command.Parameters.Add(new() { Value = Math.Clamp(question.Limit, 1, LimitMax) });

        var follows = new List<AccountFollowed>();
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        while (await reader.ReadAsync(context.CancellationToken))
            follows.Add(new(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetInt64(2),
                reader.GetFieldValue<DateTimeOffset>(3)));
        await context.RespondAsync(new FollowsFound(follows));
    }
}
