using System.Globalization;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Microblog.FollowGraph.FindFamiliarFollowers;

internal static class FindFamiliarFollowersEndpoint
{
    private const int AccountsMax = 40;
    private const int FamiliarPerAccountMax = 5;

    // Whom the caller follows, and who follows the account asked about; the latest of them. That is found among those
    // whom they follow, who are bounded, and not among all who follow the account.
    private const string Sql =
        """
        SELECT account_id, familiar_id
          FROM (SELECT theirs.followee_id AS account_id,
                       mine.followee_id AS familiar_id,
                       row_number() OVER (PARTITION BY theirs.followee_id ORDER BY mine.follow_id DESC) AS place
                  FROM followees AS mine
                  JOIN followees AS theirs ON theirs.follower_id = mine.followee_id
                 WHERE mine.follower_id = $1 AND theirs.followee_id = ANY ($2)) AS familiar
         WHERE place <= $3
         ORDER BY place
        """;

    public static void MapFindFamiliarFollowers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/accounts/familiar_followers", Handle)
            .RequireScope("read:follows")
            .Describe(
                "Those among the followers of accounts whom the caller follows",
                Field.Ids("id", "At most 40 accounts."));

    private static async Task<Ok<IReadOnlyList<FamiliarFollowers>>> Handle(
        RequestFields fields,
        Caller caller,
        NpgsqlDataSource database,
        AccountRenderer accounts,
        CancellationToken cancellationToken)
    {
        long[] asked = [.. fields.Ids("id").Take(AccountsMax)];
        var familiar = await Find(database, caller.AccountId, asked, cancellationToken);
        long[] familiarIds = [.. familiar.Select(pair => pair.FamiliarId).Distinct()];
        var rendered = (await accounts.Render(familiarIds, cancellationToken)).ToDictionary(account => account.Id);

        return TypedResults.Ok<IReadOnlyList<FamiliarFollowers>>(
        [
            .. asked.Select(id => new FamiliarFollowers(Text(id),
            [
                .. familiar.Where(pair => pair.AccountId == id && rendered.ContainsKey(Text(pair.FamiliarId)))
                    .Select(pair => rendered[Text(pair.FamiliarId)]),
            ])),
        ]);
    }

    private static async Task<List<(long AccountId, long FamiliarId)>> Find(
        NpgsqlDataSource database,
        long callerId,
        long[] asked,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = callerId });
        command.Parameters.Add(new() { Value = asked });
        command.Parameters.Add(new() { Value = FamiliarPerAccountMax });

        var familiar = new List<(long, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            familiar.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return familiar;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
