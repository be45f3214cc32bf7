using System.Globalization;
using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Microblog.Accounts.ReportAccount;

/// <summary>
/// A report goes to the operator's log, with ids only. There is no place yet where somebody works through reports,
/// and so none where they are kept.
/// </summary>
internal static partial class ReportAccountEndpoint
{
    private const int CommentCharactersMax = 1_000;
    private const int PostsMax = 100;
    private static readonly string[] Categories = ["spam", "legal", "violation", "other"];

    public static void MapReportAccount(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/reports", Handle)
            .Describe(
                "Report an account to the operator",
                Field.Id("account_id"),
                Field.Ids("status_ids[]", "At most 100."),
                Field.Text("comment", "At most 1,000 characters."),
                Field.Text("category", "`spam`, `legal`, `violation` or `other`."),
                Field.Flag("forward", "Accepted; all accounts are local."))
            .RequireScope("write:reports");

    private static async Task<Results<Ok<Report>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Caller caller,
        AccountRenderer accounts,
        IdSequence ids,
        TimeProvider clock,
        AccountsMetrics metrics,
        ILogger<Report> logger,
        CancellationToken cancellationToken)
    {
        if (fields.Id("account_id") is not { } accountId)
            return ClientErrors.Missing("account_id");
        var comment = fields.Text("comment") ?? "";
        var category = fields.Text("category") ?? "other";
        var postIds = fields.Ids("status_ids");
        if (comment.Length > CommentCharactersMax)
            return ClientErrors.Invalid($"Comment is too long (maximum is {CommentCharactersMax} characters)");
        if (!Categories.Contains(category))
            return ClientErrors.Invalid("Category is not included in the list");
        if (postIds.Count > PostsMax)
            return ClientErrors.Invalid($"Status ids are too many (maximum is {PostsMax})");
        if (await accounts.Render([accountId], cancellationToken) is not [var account])
            return ClientErrors.NotFound();

        var posts = postIds.Select(id => id.ToString(CultureInfo.InvariantCulture)).ToArray();
        var report = new Report(
            ids.Next().ToString(CultureInfo.InvariantCulture), category, comment, posts, account, clock.GetUtcNow());
        metrics.Reported();
        LogReported(logger, report.Id, caller.AccountId, accountId, category, string.Join(' ', posts));
        return TypedResults.Ok(report);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Report {ReportId}: {ReporterId} reports {AccountId} as {Category}, posts {PostIds}")]
    private static partial void LogReported(
        ILogger logger, string reportId, long reporterId, long accountId, string category, string postIds);

    internal sealed record Report(
        string Id,
        string Category,
        string Comment,
        IReadOnlyList<string> StatusIds,
        Account TargetAccount,
        DateTimeOffset CreatedAt,
        bool ActionTaken = false,
        DateTimeOffset? ActionTakenAt = null,
        bool Forwarded = false,
        IReadOnlyList<string>? RuleIds = null);
}
