using MassTransit;
using Microblog.Contracts.FollowGraph;
using Microblog.ServiceDefaults.Ids;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.FollowGraph.FindFollows;

/// <summary>Answers who followed an account, newest first.</summary>
internal sealed class FindFollowsConsumer(PostgresReads database) : IConsumer<GetFollows>
{
    private const int LimitMax = 1_000;

    // As many packs as may be needed, of thousands: none is empty, and only that of the cursor may have nothing here.
    private const string Sql =
        """
        SELECT follow.id, follow.follower_id
          FROM (SELECT follow_ids, other_ids
                  FROM follower_packs
                 WHERE account_id = $1 AND first_follow_id < $2
                 ORDER BY first_follow_id DESC
                 LIMIT $3 + 1) AS pack
         CROSS JOIN LATERAL unnest(pack.follow_ids, pack.other_ids) AS follow (id, follower_id)
         WHERE follow.id < $2
         ORDER BY follow.id DESC
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
        {
            var (followId, followerId) = (reader.GetInt64(0), reader.GetInt64(1));
            follows.Add(new(followId, followerId, question.FolloweeId, IdSequence.CreatedAt(followId)));
        }

        await context.RespondAsync(new FollowsFound(follows));
    }
}
