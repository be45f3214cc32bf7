using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.ShowInstance;

/// <summary>
/// What else clients ask about a server. This one knows no others, has no rules and keeps no weekly numbers.
/// </summary>
internal static class InstanceExtrasEndpoint
{
    public static void MapInstanceExtras(this IEndpointRouteBuilder app)
    {
        var extras = app.MapGroup("/api/v1/instance");
        extras.MapGet("/peers", Nothing).Describe("Other servers known: none");
        extras.MapGet("/rules", Nothing).Describe("Rules of the server: none are set");
        extras.MapGet("/activity", Nothing).Describe("Weekly numbers: not kept");
        extras.MapGet("/domain_blocks", Nothing).Describe("Other servers blocked: none");
        extras.MapGet("/extended_description", Description).Describe("A longer description of the server");
    }

    private static Ok<string[]> Nothing() => TypedResults.Ok(Array.Empty<string>());

    private static Ok<ExtendedDescription> Description(IOptions<AccountsOptions> options) =>
        TypedResults.Ok(new ExtendedDescription(
            DateTimeOffset.UnixEpoch,
            Storage.ProfileText.Paragraphs(options.Value.Description)));

    private sealed record ExtendedDescription(DateTimeOffset UpdatedAt, string Content);
}
