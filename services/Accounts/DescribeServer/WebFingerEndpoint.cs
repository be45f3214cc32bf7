using Microblog.Accounts.Storage;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.DescribeServer;

internal static class WebFingerEndpoint
{
    private const string AccountScheme = "acct:";

    public static void MapWebFinger(this IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/webfinger", Handle)
            .Describe("The page of a person (RFC 7033)", Field.Text("resource", "`acct:bob@host`."));

    private static async Task<Results<JsonHttpResult<Descriptor>, JsonHttpResult<ClientError>>> Handle(
        RequestFields fields,
        Names names,
        AccountRenderer accounts,
        IOptions<OriginOptions> origin,
        CancellationToken cancellationToken)
    {
        if (fields.Text("resource") is not { Length: > 0 } resource)
            return ClientErrors.Missing("resource");

        var acct = resource.StartsWith(AccountScheme, StringComparison.Ordinal) ? resource[AccountScheme.Length..] : "";
        if (await names.Find(acct, cancellationToken) is not { } id
            || await accounts.Render([id], cancellationToken) is not [var account])
            return ClientErrors.NotFound();

        return TypedResults.Json(
            new Descriptor(
                $"{AccountScheme}{account.Username}@{origin.Value.Domain}",
                [account.Url],
                [new("http://webfinger.net/rel/profile-page", "text/html", account.Url)]),
            contentType: "application/jrd+json; charset=utf-8");
    }

    private sealed record Descriptor(string Subject, IReadOnlyList<string> Aliases, IReadOnlyList<Link> Links);

    private sealed record Link(string Rel, string Type, string Href);
}
